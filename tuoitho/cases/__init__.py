"""Reports, screenings and cases: from the news of a child to the day child labour has stopped."""
