"""Reports: one page that says what was asked, what the answer is, how sure it is, and how to make it again."""
