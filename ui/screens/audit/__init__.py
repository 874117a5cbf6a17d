"""Are these files genuine, and is the record whole?"""
