//! `addup bounds`: what the other claims leave open for each figure and event.

use super::args::{Bounds, Form};
use super::locate::Located;
use super::progress::Progress;
use super::{CLEAN, Console};
use crate::report;
use crate::source::document::nearest;
use crate::workspace::{Stage, Workspace};

pub(super) fn run(options: &Bounds, console: &mut Console<'_>) -> u8 {
    let mut located = match Located::find(console.folder, &options.paths, &options.input) {
        Ok(located) => located,
        Err(message) => return console.refuse(&message, None),
    };
    located.request.suppose.clone_from(&options.set);
    located.request.jobs = options.jobs.or_else(|| std::thread::available_parallelism().ok());
    let progress = Progress::begin(console.is_watched);
    let workspace = match Workspace::load(&located.disk, &located.request) {
        Ok(workspace) => workspace,
        Err((sources, errors)) => {
            drop(progress);
            return console.misread(&sources, &errors);
        }
    };
    progress.at(Stage::Deciding);
    let mut bounds = workspace.bounds();
    drop(progress);
    for wanted in &options.of {
        let is_meant = |id: &str| id == wanted || id.rsplit_once('/').is_some_and(|(_, name)| name == wanted);
        if !bounds.iter().any(|bound| is_meant(&bound.claim)) {
            let known = bounds.iter().map(|bound| bound.claim.as_str());
            let help = match nearest(wanted, known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`addup bounds` without `--of` lists every claim of a figure or an event".to_owned(),
            };
            return console.refuse(&format!("no figure or event is claimed as `{wanted}`"), Some(&help));
        }
    }
    if !options.of.is_empty() {
        bounds.retain(|bound| {
            let name = bound.claim.rsplit_once('/').map_or(bound.claim.as_str(), |(_, name)| name);
            options.of.iter().any(|wanted| *wanted == bound.claim || wanted == name)
        });
    }
    let supposed = &workspace.supposed.values;
    let text = if options.format == Form::Json {
        report::bounds_json(&workspace.sources, &bounds, supposed)
    } else {
        report::bounds(&workspace.sources, &bounds, supposed, console.color_out && options.output.is_none())
    };
    console.put(options.output.as_deref(), &text, CLEAN)
}
