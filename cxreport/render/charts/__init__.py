"""Charts: design tokens, drawings as accessible SVG, and the parts that sections share (`marks`)."""
