"""What texts say in fixed forms, by rules over general official Vietnamese: persons, offices, enumerations."""
