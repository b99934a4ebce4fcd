"""Reading: files become a frozen kit, or every problem in them."""
