"""The one declaration of every parameter, a small file a section."""
