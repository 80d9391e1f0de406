//! Not a plug-in: a library that exports the right symbol and has something else there.

/// Large enough for whoever reads the header, and zero where its magic should be.
#[unsafe(export_name = "gatehouse_plugin_v1")]
static HEADER: [u64; 64] = [0; 64];
