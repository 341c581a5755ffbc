//! A statement about answers: that whole numbers with a certain mean and standard deviation exist at all.
//!
//! It speaks of figures that are known no better than they were rounded, and no sum of multiples of them says it. So it is
//! a formula of its own, beside comparisons. `solve` decides it, and `verify` redoes that by other means; what they share
//! is what it means, which stands here.

use crate::expr::AnswerKind;

/// `whole-answers(n, mean, sd, items)`: each of n people gave a whole answer to each of so many items, a person's score is
/// the mean of that person's answers, and the scores have this mean and this sample standard deviation, the sum of squared
/// distances from the mean divided by n - 1. Of fewer than two people it says nothing, as nothing is divided by 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answers {
    /// Which answers there may be.
    pub kind: AnswerKind,
    /// The variable that is the number of people.
    pub count: usize,
    /// The variable that is the mean.
    pub mean: usize,
    /// The variable that is the standard deviation.
    pub deviation: usize,
    /// How many items each of them answered; at least one.
    pub items: u32,
}

/// To how many decimals a standard deviation is written down that no fraction equals: rounded down or up, whichever the
/// figure allows. A verdict is over all real numbers; only the values of a witness are written so.
pub const ROOT_DECIMALS: i32 = 40;

impl Answers {
    /// The variables that it speaks of, in the order in which they are written.
    pub fn variables(&self) -> [usize; 3] {
        [self.count, self.mean, self.deviation]
    }
}
