"""Files -> Documents -> Articles: decoding, headers, visible text of pages, cleaning, stories, dates, outlets."""
