"""What is safe to mend in a kit's files: slips whose meaning is plain."""
