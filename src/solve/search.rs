//! The search for negative cycles over whole numbers: Bellman-Ford with Tarjan's subtree disassembly.
//!
//! Labels start at nought (or where an earlier search left them: any start will do) and only fall. The arcs by which
//! labels fell last form a tree. When a label falls, all that hangs below it in the tree is stale: it is cut off and
//! need not be looked at until it falls again. If the node that the fall came from hangs there too, the tree path and
//! the arc close a negative cycle (Cherkassky and Goldberg, "Negative-cycle detection algorithms", 1999).
//!
//! On a long timeline that alone is slow: every correction shifts half of it. Callers number nodes in time order, so the
//! search climbs: it settles blocks of two nodes, then joins neighbours into blocks of 4, 8, 16, …. Before two halves
//! are joined, the right one is shifted as a whole to where the arcs between them hold as well as they can, and only
//! what still does not hold is searched. A short cycle is thus found before a long one. On any other numbering the
//! climb is only a start like any other, and the answer is as exact.
//!
//! A search can go on after arcs are removed or taken back in: whatever fell and was not looked at since is kept in `fallen`.

use super::pending::Pending;
use super::place;
use super::weight::Weight;
use std::collections::BTreeMap;

/// Stands for no node and no arc.
const NONE: u32 = u32::MAX;

/// An arc as its `from` node sees it. A removed arc leads back to its node with no weight, which lowers nothing.
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

/// The height of the smallest block that holds both nodes: blocks of height h are 2^h nodes, aligned.
fn height(a: u32, b: u32) -> u32 {
    u32::BITS.saturating_sub((a ^ b).leading_zeros())
}

/// The block of a height that a node is in.
fn block(node: u32, height: u32) -> u32 {
    node.checked_shr(height).unwrap_or(0)
}

/// The last node of the block of a height that a node is in.
fn last_of_block(node: u32, height: u32, nodes: u32) -> u32 {
    let within = u32::MAX.checked_shr(u32::BITS.saturating_sub(height)).unwrap_or(0);
    (node | within).min(nodes.saturating_sub(1))
}

/// Where each key begins if items are put in order of their keys: a sum over the keys before it. Each key is given one
/// or two too high, by as many as the caller wants to move on while filling in.
fn running_totals(length: usize, keys: impl Iterator<Item = usize>) -> Vec<u32> {
    let mut totals = vec![0_u32; length];
    for key in keys {
        if let Some(count) = totals.get_mut(key) {
            *count = count.saturating_add(1);
        }
    }
    let mut sum = 0_u32;
    for total in &mut totals {
        sum = sum.saturating_add(*total);
        *total = sum;
    }
    totals
}

/// The joints in order of a key below `keys`, otherwise as they were.
fn ordered(joints: &[Joint], keys: u32, key: impl Fn(&Joint) -> u32) -> Vec<Joint> {
    let length = place(keys).saturating_add(2);
    let mut next = running_totals(length, joints.iter().map(|joint| place(key(joint)).saturating_add(1)));
    let mut result = joints.to_vec();
    for joint in joints {
        let Some(at) = next.get_mut(place(key(joint))) else { continue };
        if let Some(target) = result.get_mut(place(*at)) {
            *target = *joint;
        }
        *at = at.saturating_add(1);
    }
    result
}

/// An arc that counts once the two halves of a block are joined.
#[derive(Clone, Copy, Debug)]
struct Joint {
    slot: u32,
    from: u32,
    height: u32,
}

/// How far labels may go, so that no sum of machine words wraps.
#[derive(Clone, Debug)]
pub(super) struct Room<W> {
    /// Labels are shifted only within this distance from nought; `None` for numbers without an end.
    pub(super) shift: Option<W>,
    /// How often labels may fall by as much as a simple path weighs before they have to start from nought again.
    pub(super) falls: u64,
}

/// A search under way.
#[derive(Clone, Debug)]
pub(super) struct Search<W> {
    nodes: u32,
    /// Where each node's arcs begin in `outs`.
    starts: Vec<u32>,
    /// By `from`, then by height.
    outs: Vec<Out<W>>,
    /// Where each arc is in `outs`.
    slots: Vec<u32>,
    /// Every arc, by the block that it counts in: a block comes after its halves.
    joints: Vec<Joint>,
    /// Arcs that are left out, by slot.
    removed: BTreeMap<u32, Out<W>>,
    labels: Vec<W>,
    tree: Tree,
    /// What is to be looked at in this or the next sweep.
    pending: Pending,
    /// What fell since it was last looked at. Every arc within the height that is not satisfied begins at one of these,
    /// so that none is left over when `pending` runs out: what is fallen but not pending hangs on something pending.
    fallen: Pending,
    /// The height of the block that was joined last; higher arcs of its nodes do not count yet.
    height: u32,
    /// The first joint that does not count yet.
    joined: usize,
    room: Room<W>,
    falls_left: u64,
}

impl<W: Weight> Search<W> {
    /// A search over arcs with weights.
    pub(super) fn new(nodes: u32, arcs: &[Ends], weights: &[W], room: Room<W>) -> Self {
        let length = place(nodes).saturating_add(2);
        let mut starts = running_totals(length, arcs.iter().map(|ends| place(ends.from).saturating_add(2)));
        let mut outs = vec![Out { to: NONE, arc: NONE, weight: W::ZERO }; arcs.len()];
        for ((arc, ends), weight) in (0..).zip(arcs).zip(weights) {
            let Some(start) = starts.get_mut(place(ends.from).saturating_add(1)) else { continue };
            if let Some(out) = outs.get_mut(place(*start)) {
                *out = Out { to: ends.to, arc, weight: weight.clone() };
            }
            *start = start.saturating_add(1);
        }
        let mut slots = vec![NONE; arcs.len()];
        let mut joints = Vec::with_capacity(arcs.len());
        for (node, bounds) in (0..nodes).zip(starts.windows(2)) {
            let &[start, end] = bounds else { continue };
            let Some(own) = outs.get_mut(place(start)..place(end)) else { continue };
            own.sort_by_key(|out| height(node, out.to));
            for (slot, out) in (start..end).zip(own) {
                joints.push(Joint { slot, from: node, height: height(node, out.to) });
                if let Some(place) = slots.get_mut(place(out.arc)) {
                    *place = slot;
                }
            }
        }
        let joints = ordered(&joints, 33, |joint| joint.height);
        let joints = ordered(&joints, nodes, |joint| last_of_block(joint.from, joint.height, nodes));
        let mut search = Self {
            nodes,
            starts,
            outs,
            slots,
            joints,
            removed: BTreeMap::new(),
            labels: vec![W::ZERO; place(nodes)],
            tree: Tree::new(nodes),
            pending: Pending::none(place(nodes)),
            fallen: Pending::none(place(nodes)),
            height: 0,
            joined: 0,
            falls_left: room.falls,
            room,
        };
        search.restart();
        search
    }

    /// Starts again from nought, without the arcs that were removed.
    fn restart(&mut self) {
        self.labels.fill(W::ZERO);
        self.tree = Tree::new(self.nodes);
        self.pending = Pending::none(place(self.nodes));
        self.fallen = self.pending.clone();
        self.height = 0;
        self.joined = 0;
        self.falls_left = self.room.falls;
    }

    /// The arcs of a simple negative cycle in the order in which they are walked, or `None` if there is none; the
    /// labels then satisfy every arc.
    pub(super) fn find(&mut self) -> Option<Vec<usize>> {
        match self.falls_left.checked_sub(1) {
            Some(left) => self.falls_left = left,
            None => self.restart(),
        }
        self.pending.clone_from(&self.fallen);
        loop {
            if let Some(cycle) = self.settle() {
                return Some(cycle);
            }
            if !self.join_next() {
                return None;
            }
        }
    }

    /// Lowers labels until every arc within the height is satisfied. Sweeps lead downwards first: lower bounds do too.
    fn settle(&mut self) -> Option<Vec<usize>> {
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

    /// Joins the halves of the next block between whose halves there are arcs. False if there is none left.
    fn join_next(&mut self) -> bool {
        let first = self.joined;
        let Some((_, Joint { from, height, .. }, _)) = self.joint(first) else {
            self.height = u32::BITS;
            return false;
        };
        let whole = block(from, height);
        let mut end = first;
        // The shift of the right half has to be at least `least` and at most `most` for all arcs between to hold.
        let (mut least, mut most): (Option<W>, Option<W>) = (None, None);
        while let Some((out, joint, slack)) = self.joint(end)
            && (joint.height, block(joint.from, height)) == (height, whole)
        {
            end = end.saturating_add(1);
            if joint.from < out.to {
                most = Some(most.map_or_else(|| slack.clone(), |most| most.min(slack.clone())));
            } else if joint.from > out.to {
                let needed = W::ZERO.minus(&slack);
                least = Some(least.map_or_else(|| needed.clone(), |least| least.max(needed.clone())));
            }
        }
        // With the last block every arc counts, also those of blocks that are higher than it.
        self.height = if end == self.joints.len() { u32::BITS } else { height };
        self.joined = end;
        let shift = match (least, most) {
            (Some(least), Some(most)) => least.midpoint(&most),
            (Some(only), None) | (None, Some(only)) => only,
            (None, None) => W::ZERO,
        };
        self.shift(whole, height, &shift);
        for at in first..end {
            let Some((_, Joint { from, .. }, slack)) = self.joint(at) else { continue };
            if slack < W::ZERO {
                self.pending.insert(from);
                self.fallen.insert(from);
            }
        }
        true
    }

    /// A joint, its arc, and by how much labels satisfy it.
    fn joint(&self, at: usize) -> Option<(&Out<W>, Joint, W)> {
        let joint = *self.joints.get(at)?;
        let out = self.outs.get(place(joint.slot))?;
        let slack = self.labels.get(place(joint.from))?.plus(&out.weight).minus(self.labels.get(place(out.to))?);
        Some((out, joint, slack))
    }

    /// Shifts the right half of a block as a whole, unless labels would leave their room. Within it, everything stays
    /// as satisfied as it was, and no arc of the tree leads across yet.
    fn shift(&mut self, whole: u32, height: u32, by: &W) {
        let Some(half) = height.checked_sub(1) else { return };
        let start = whole.wrapping_shl(height) | 1_u32.wrapping_shl(half);
        let end = place(start).saturating_add(place(1_u32.wrapping_shl(half))).min(self.labels.len());
        let Some(labels) = self.labels.get_mut(place(start)..end) else { return };
        if *by == W::ZERO {
            return;
        }
        if let Some(room) = &self.room.shift {
            let fits = |label: &W| {
                let shifted = label.plus(by);
                shifted <= *room && W::ZERO.minus(&shifted) <= *room
            };
            if W::ZERO.minus(by) > *room || by > room || !labels.iter().all(fits) {
                return;
            }
        }
        for label in labels {
            *label = label.plus(by);
        }
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
            if height(node, out.to) > self.height {
                break;
            }
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

    /// The node that an arc in `outs` begins at.
    fn from(&self, slot: u32) -> u32 {
        u32::try_from(self.starts.partition_point(|start| *start <= slot)).unwrap_or(NONE).saturating_sub(1)
    }

    /// Leaves an arc out from now on.
    pub(super) fn remove(&mut self, arc: usize) {
        let Some(&slot) = self.slots.get(arc) else { return };
        let from = self.from(slot);
        let Some(out) = self.outs.get_mut(place(slot)) else { return };
        let to = out.to;
        let nothing = Out { to: from, arc: out.arc, weight: W::ZERO };
        self.removed.entry(slot).or_insert(std::mem::replace(out, nothing));
        if self.tree.links.get(place(to)).is_some_and(|link| link.before != NONE && link.via == slot) {
            self.tree.cut(to, |_| ());
        }
    }

    /// Takes an arc back in.
    pub(super) fn restore(&mut self, arc: usize) {
        let Some(&slot) = self.slots.get(arc) else { return };
        if let (Some(out), Some(own)) = (self.outs.get_mut(place(slot)), self.removed.remove(&slot)) {
            *out = own;
            self.fallen.insert(self.from(slot));
        }
        // While blocks are being joined, the height says which arcs count in the last of them only.
        if self.joined < self.joints.len() {
            self.restart();
        }
    }

    /// The labels as they are.
    pub(super) fn labels(&self) -> &[W] {
        &self.labels
    }
}
