"""Archives that X hands to account owners, since 2018."""
