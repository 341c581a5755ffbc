//! Claims and articles by their ids. Ids are made only by the loader, whose lists only grow, so that an id is always
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

impl Index<ArticleId> for Claims {
    type Output = Article;

    #[allow(clippy::indexing_slicing)]
    fn index(&self, id: ArticleId) -> &Article {
        &self.articles[id.index()]
    }
}
