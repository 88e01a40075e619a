"""Which hardware to buy: five questions, and rankings by budget and need."""
