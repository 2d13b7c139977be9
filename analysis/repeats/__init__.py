"""What agents say again and again: sentences made alike, counted, and joined to families."""
