"""What helps an author at the desk: schemas for editors, new files with every field explained, a kit to start from."""
