"""Statistics: counts and arrays in, frozen results out; no reading and no writing."""
