"""What an element of the tree is: a listing, a footnote, a picture, a link. Asked by settle and build."""
