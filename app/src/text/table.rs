//! Texts of the table.

/// The table: a view of the picture's rows for screen readers, keyboards and phones.
#[expect(missing_docs, reason = "named after the text; `english` shows each one")]
pub struct TableWords {
    /// What the table is, for a screen reader.
    pub caption: &'static str,
    /// The heads of the columns.
    pub service: &'static str,
    pub ways_in: &'static str,
    pub cluster_ip_port: &'static str,
    pub target_port: &'static str,
    pub container_port: &'static str,
    pub endpoints: &'static str,
    pub pods: &'static str,
    /// What the numbers of a chain are, one after the other.
    pub chain: &'static str,
    /// In place of a Service's type: a Pod that no Service leads to.
    pub no_service: &'static str,
    /// In place of a Service's type: a Node.
    pub node: &'static str,
    /// So many Services of so many have a row.
    pub showing: fn(usize, usize) -> String,
    /// The same, of Pods with hostPorts.
    pub showing_host_ports: fn(usize, usize) -> String,
    /// The button that shows so many rows more.
    pub more: fn(usize) -> String,
    /// The button that copies a command; with the command's program.
    pub copy: fn(&str) -> String,
    /// The button that opens the details of what is selected.
    pub details: &'static str,
}
