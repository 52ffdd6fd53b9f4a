"""The library: the map of concepts, a card's page, the glossary."""
