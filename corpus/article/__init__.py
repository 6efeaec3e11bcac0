"""An article out of the lines of a page: where it begins and ends, its headline, date, author and publisher."""
