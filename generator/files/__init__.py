"""Files for other programs: calendars and spreadsheets."""
