"""An optional tagger: a language model behind an address that speaks OpenAI's protocol."""
