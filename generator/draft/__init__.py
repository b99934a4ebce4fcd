"""The draft of an article's ideas, made from the text of the article: no model, no network, only signs in the words."""
