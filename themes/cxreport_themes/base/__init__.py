"""The base theme: templates, structure and neutral tokens that other themes build on. See theme.yaml."""
