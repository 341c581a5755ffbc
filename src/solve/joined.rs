//! Which of many items hang together.

/// Which nodes hang together: each points to another of its set, the last to itself.
pub(crate) struct Joined(Vec<usize>);

impl Joined {
    /// So many items, each by itself.
    pub(crate) fn new(items: usize) -> Self {
        Self((0..items).collect())
    }

    /// What stands for the set of an item.
    pub(crate) fn root(&mut self, node: usize) -> usize {
        let mut at = node;
        while let Some(&above) = self.0.get(at)
            && above != at
        {
            // Halving paths on the way keeps them short (Tarjan and van Leeuwen 1984).
            let higher = self.0.get(above).copied().unwrap_or(above);
            if let Some(link) = self.0.get_mut(at) {
                *link = higher;
            }
            at = higher;
        }
        at
    }

    /// Joins the sets of two items.
    pub(crate) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if let Some(link) = self.0.get_mut(a.max(b)) {
            *link = a.min(b);
        }
    }
}
