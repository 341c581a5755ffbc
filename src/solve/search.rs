//! The search for negative cycles over whole numbers: Bellman-Ford with Tarjan's subtree disassembly.
//!
//! Labels start at nought (or where an earlier search left them: any start will do) and only fall. The arcs by which
//! labels fell last form a tree. When a label falls, all that hangs below it in the tree is stale: it is cut off and
//! need not be looked at until it falls again. If the node that the fall came from hangs there too, the tree path and
//! the arc close a negative cycle (Cherkassky and Goldberg, "Negative-cycle detection algorithms", 1999).
//!
//! Nodes are looked at in sweeps, downwards first, then up and down in turn (Yen's order). Callers number nodes in time
//! order; lower bounds then lead downwards, so that the first sweep comes close to the fixpoint, and only what upper
//! bounds cut off is left to do.
//!
//! A search can go on after arcs are removed: whatever fell and was not looked at since is kept in `fallen`.

use super::pending::Pending;
use super::place;
use super::weight::Weight;

/// Stands for no node and no arc.
const NONE: u32 = u32::MAX;

/// An arc as its `from` node sees it. A removed arc leads to [`NONE`].
#[derive(Clone, Debug)]
struct Out<W> {
    to: u32,
    arc: u32,
    weight: W,
}

/// One node's place in the tree, whose nodes are threaded in preorder.
#[derive(Clone, Copy, Debug)]
struct Link {
    /// The node above; kept when the node is cut off, so that a cycle can be walked.
    above: u32,
    /// The slot of the arc from the node above.
    via: u32,
    next: u32,
    /// [`NONE`] if the node is not in the tree.
    before: u32,
    children: u32,
}

/// The tree of arcs by which labels fell. Its root is the node one past the last.
#[derive(Clone, Debug)]
struct Tree {
    links: Vec<Link>,
    root: u32,
}

impl Tree {
    fn new(nodes: u32) -> Self {
        let link = Link { above: NONE, via: NONE, next: NONE, before: NONE, children: 0 };
        let mut links = vec![link; place(nodes)];
        links.push(Link { next: nodes, before: nodes, ..link });
        Self { links, root: nodes }
    }

    fn has(&self, node: u32) -> bool {
        self.links.get(place(node)).is_some_and(|link| link.before != NONE)
    }

    fn set(&mut self, node: u32, change: impl FnOnce(&mut Link)) {
        if let Some(link) = self.links.get_mut(place(node)) {
            change(link);
        }
    }

    /// Hangs a node that is not in the tree below one that is.
    fn attach(&mut self, node: u32, above: u32, via: u32) {
        let Some(parent) = self.links.get_mut(place(above)) else { return };
        let next = parent.next;
        parent.next = node;
        parent.children = parent.children.saturating_add(1);
        self.set(next, |link| link.before = node);
        self.set(node, |link| *link = Link { above, via, next, before: above, children: 0 });
    }

    /// Cuts off a node with all that hangs below it, and shows each.
    fn cut(&mut self, node: u32, mut see: impl FnMut(u32)) {
        let Some(&Link { above, before, .. }) = self.links.get(place(node)) else { return };
        if before == NONE {
            return;
        }
        self.set(above, |link| link.children = link.children.saturating_sub(1));
        let (mut at, mut open) = (node, 1_u32);
        while open > 0 {
            let Some(link) = self.links.get_mut(place(at)) else { return };
            open = open.saturating_add(link.children).saturating_sub(1);
            link.children = 0;
            link.before = NONE;
            let next = link.next;
            see(at);
            at = next;
        }
        self.set(before, |link| link.next = at);
        self.set(at, |link| link.before = before);
    }
}

/// An arc between nodes by number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ends {
    /// Where it begins.
    pub(super) from: u32,
    /// Where it ends.
    pub(super) to: u32,
}

/// A search under way.
#[derive(Clone, Debug)]
pub(super) struct Search<W> {
    nodes: u32,
    /// Where each node's arcs begin in `outs`.
    starts: Vec<u32>,
    outs: Vec<Out<W>>,
    /// Where each arc is in `outs`.
    slots: Vec<u32>,
    labels: Vec<W>,
    tree: Tree,
    /// What is to be looked at in this or the next sweep.
    pending: Pending,
    /// What fell since it was last looked at. Every arc that is not satisfied begins at one of these, so that none is
    /// left over when `pending` runs out: what is fallen but not pending hangs on something pending.
    fallen: Pending,
    /// How many times labels may go on from where they are before they have to start from nought again, so that they
    /// cannot overflow: a search lowers labels by at most the weight of a simple path.
    goes: u64,
    goes_left: u64,
}

impl<W: Weight> Search<W> {
    /// A search over arcs with weights. `goes` is how many calls of [`Self::find`] may share their labels.
    pub(super) fn new(nodes: u32, arcs: &[Ends], weights: impl Iterator<Item = W>, goes: u64) -> Self {
        let mut starts = vec![0_u32; place(nodes).saturating_add(2)];
        for arc in arcs {
            if let Some(count) = starts.get_mut(place(arc.from).saturating_add(2)) {
                *count = count.saturating_add(1);
            }
        }
        let mut sum = 0_u32;
        for start in &mut starts {
            sum = sum.saturating_add(*start);
            *start = sum;
        }
        let mut outs = vec![Out { to: NONE, arc: NONE, weight: W::ZERO }; arcs.len()];
        let mut slots = Vec::with_capacity(arcs.len());
        for ((arc, ends), weight) in (0..).zip(arcs).zip(weights) {
            let slot = starts.get_mut(place(ends.from).saturating_add(1)).map_or(NONE, |start| {
                let slot = *start;
                *start = slot.saturating_add(1);
                slot
            });
            if let Some(out) = outs.get_mut(place(slot)) {
                *out = Out { to: ends.to, arc, weight };
            }
            slots.push(slot);
        }
        Self {
            nodes,
            starts,
            outs,
            slots,
            labels: vec![W::ZERO; place(nodes)],
            tree: Tree::new(nodes),
            pending: Pending::none(place(nodes)),
            fallen: Pending::all(place(nodes)),
            goes,
            goes_left: goes,
        }
    }

    /// Starts again from nought, without the arcs that were removed.
    fn restart(&mut self) {
        self.labels.fill(W::ZERO);
        self.tree = Tree::new(self.nodes);
        self.fallen = Pending::all(place(self.nodes));
        self.goes_left = self.goes.saturating_sub(1);
    }

    /// The arcs of a simple negative cycle in the order in which they are walked, or `None` if there is none; the
    /// labels then satisfy every arc.
    pub(super) fn find(&mut self) -> Option<Vec<usize>> {
        match self.goes_left.checked_sub(1) {
            Some(left) => self.goes_left = left,
            None => self.restart(),
        }
        self.pending.clone_from(&self.fallen);
        let last = self.nodes.checked_sub(1)?;
        while self.pending.first_from(0).is_some() {
            let mut at = self.pending.last_to(last);
            while let Some(node) = at {
                if let Some(cycle) = self.look_at(node) {
                    return Some(cycle);
                }
                at = node.checked_sub(1).and_then(|below| self.pending.last_to(below));
            }
            let mut at = self.pending.first_from(0);
            while let Some(node) = at {
                if let Some(cycle) = self.look_at(node) {
                    return Some(cycle);
                }
                at = node.checked_add(1).and_then(|above| self.pending.first_from(above));
            }
        }
        None
    }

    /// Lowers what the arcs of a node reach.
    fn look_at(&mut self, node: u32) -> Option<Vec<usize>> {
        self.pending.remove(node);
        self.fallen.remove(node);
        if !self.tree.has(node) {
            self.tree.attach(node, self.tree.root, NONE);
        }
        let base = self.labels.get(place(node))?.clone();
        let (start, end) = (*self.starts.get(place(node))?, *self.starts.get(place(node).saturating_add(1))?);
        for (slot, out) in (start..end).zip(self.outs.get(place(start)..place(end))?) {
            let Some(label) = self.labels.get_mut(place(out.to)) else { continue };
            let reached = base.plus(&out.weight);
            if reached >= *label {
                continue;
            }
            let (to, pending, mut closes) = (out.to, &mut self.pending, false);
            self.tree.cut(to, |below| {
                closes |= below == node;
                pending.remove(below);
            });
            if closes {
                self.fallen.insert(node);
                return Some(self.walk(node, to, slot));
            }
            *label = reached;
            self.tree.attach(to, node, slot);
            self.pending.insert(to);
            self.fallen.insert(to);
        }
        None
    }

    /// The arcs of the tree path from `first` to `last`, then the one in `closing`, which leads back.
    fn walk(&self, last: u32, first: u32, closing: u32) -> Vec<usize> {
        let mut slots = vec![closing];
        let mut at = last;
        while at != first && slots.len() <= self.labels.len() {
            let Some(link) = self.tree.links.get(place(at)) else { break };
            slots.push(link.via);
            at = link.above;
        }
        slots.iter().rev().filter_map(|slot| self.outs.get(place(*slot))).map(|out| place(out.arc)).collect()
    }

    /// Leaves an arc out from now on.
    pub(super) fn remove(&mut self, arc: usize) {
        let Some(&slot) = self.slots.get(arc) else { return };
        let Some(out) = self.outs.get_mut(place(slot)) else { return };
        let to = std::mem::replace(&mut out.to, NONE);
        if self.tree.links.get(place(to)).is_some_and(|link| link.before != NONE && link.via == slot) {
            self.tree.cut(to, |_| ());
        }
    }

    /// The labels as they are.
    pub(super) fn labels(&self) -> &[W] {
        &self.labels
    }
}
