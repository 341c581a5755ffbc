//! Claims and articles by their ids, and what became of a claim. Ids are made only by the loader, whose lists only grow, so that an id is always
//! inside.

use super::{Article, ArticleId, Claim, ClaimId, Claims};
use std::ops::Index;

impl Index<ClaimId> for Claims {
    type Output = Claim;

    #[allow(clippy::indexing_slicing)]
    fn index(&self, id: ClaimId) -> &Claim {
        &self.claims[id.index()]
    }
}

impl Claims {
    /// The claim that stands for another: itself, or the last of those that superseded it. Succession has no circles.
    pub fn standing(&self, claim: ClaimId) -> ClaimId {
        let mut last = claim;
        while let Some(newer) = self.claims.get(last.index()).and_then(|claim| claim.superseded_by) {
            last = newer;
        }
        last
    }
}

impl Index<ArticleId> for Claims {
    type Output = Article;

    #[allow(clippy::indexing_slicing)]
    fn index(&self, id: ArticleId) -> &Article {
        &self.articles[id.index()]
    }
}
