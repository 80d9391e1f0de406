//! The table.

use std::fmt::Write;

/// One line of it.
pub(crate) struct Row {
    what: String,
    product: String,
    reference: String,
    ratio: Option<f64>,
    target: Option<(String, bool)>,
}

/// All of it.
#[derive(Default)]
pub(crate) struct Report {
    rows: Vec<Row>,
    notes: Vec<String>,
}

impl Row {
    /// A figure of the product alone.
    pub(crate) fn new(what: impl Into<String>, product: impl Into<String>) -> Self {
        Self { what: what.into(), product: product.into(), reference: String::new(), ratio: None, target: None }
    }

    /// Two figures of one unit, and their ratio.
    pub(crate) fn compared(what: impl Into<String>, product: f64, reference: f64, unit: &str) -> Self {
        let row = Self::new(what, figure(product, unit));
        Self { reference: figure(reference, unit), ratio: Some(product / reference), ..row }
    }

    /// The ratio should be at most this.
    pub(crate) fn ratio_at_most(mut self, target: f64) -> Self {
        self.target = Some((format!("≤ {target} ×"), self.ratio.is_some_and(|ratio| ratio <= target)));
        self
    }

    /// What should be, and whether it is.
    pub(crate) fn wanted(mut self, target: &str, met: bool) -> Self {
        self.target = Some((target.to_owned(), met));
        self
    }

    fn cells(&self) -> [String; 6] {
        let ratio = self.ratio.map(|ratio| format!("{ratio:.2} ×")).unwrap_or_default();
        let (target, verdict) = match &self.target {
            Some((target, met)) => (target.clone(), if *met { "met" } else { "MISSED" }),
            None => (String::new(), ""),
        };
        [self.what.clone(), self.product.clone(), self.reference.clone(), ratio, target, verdict.to_owned()]
    }
}

impl Report {
    pub(crate) fn row(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// A sentence below the table.
    pub(crate) fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }

    /// The table and the notes, as text.
    pub(crate) fn text(&self) -> String {
        let head = ["", "Gatehouse", "reference", "ratio", "target", ""].map(str::to_owned);
        let cells: Vec<[String; 6]> = std::iter::once(head).chain(self.rows.iter().map(Row::cells)).collect();
        let width = |column: usize| cells.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
        let widths: [usize; 6] = std::array::from_fn(width);
        let mut text = String::new();
        for row in &cells {
            for (column, (cell, width)) in row.iter().zip(widths).enumerate() {
                let padding = " ".repeat(width - cell.chars().count());
                text +=
                    &if matches!(column, 0 | 5) { format!("{cell}{padding}  ") } else { format!("{padding}{cell}  ") };
            }
            text.truncate(text.trim_end().len());
            text.push('\n');
        }
        for note in &self.notes {
            // Writing to a string does not fail.
            let _ = write!(text, "\n{note}");
        }
        text
    }
}

/// Three figures that count, and the unit.
pub(crate) fn figure(value: f64, unit: &str) -> String {
    let digits = match value.abs() {
        large if large >= 100.0 => 0,
        middle if middle >= 10.0 => 1,
        _ => 2,
    };
    format!("{value:.digits$} {unit}")
}
