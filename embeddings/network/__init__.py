"""The bundled network: its weights, its graphs, and the engine that runs them."""
