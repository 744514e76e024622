//! What kubehop is made of: a bill of materials (CycloneDX) and the notices of its third-party software, as files of the site. So they are in
//! the binary and in the image.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    process::Command,
};

use anyhow::{Context, Result, bail};
use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package, PackageId, TargetKind};
use cyclonedx_bom::{
    external_models::{spdx::SpdxExpression, uri::Purl},
    models::{
        component::{Classification, Component, Components},
        dependency::{Dependencies, Dependency},
        license::{LicenseChoice, Licenses},
        metadata,
    },
    prelude::{Bom, NormalizedString},
};

use crate::files::{self, Tree};

/// The halves of kubehop: the crate that each is built from, the target's name (`None` is this machine's), and its features.
const HALVES: [(&str, Option<&str>, &[&str]); 2] =
    [("server", None, &[]), ("app", Some("wasm32-unknown-unknown"), &["--features", "app/browser,app/split"])];

/// Beginnings of the names of files that hold a licence or a notice.
const NOTICES: [&str; 6] = ["license", "licence", "copying", "copyright", "notice", "unlicense"];

/// A package that is linked into kubehop, with the packages that it uses.
struct Linked {
    package: Package,
    uses: BTreeSet<PackageId>,
}

/// The bill of materials as `sbom.cdx.json`, and the notices as `notices.txt`.
pub fn documents() -> Result<Tree> {
    let mut linked = BTreeMap::new();
    for (root, target, features) in HALVES {
        link(&mut linked, &metadata(target, features)?, root)?;
    }
    let third_party: Vec<&Package> =
        linked.values().map(|one| &one.package).filter(|one| one.source.is_some()).collect();
    let mut tree = Tree::new();
    tree.insert("sbom.cdx.json".into(), bill(&linked)?);
    tree.insert("notices.txt".into(), notices(&third_party)?.into_bytes());
    Ok(tree)
}

fn metadata(target: Option<&str>, features: &[&str]) -> Result<Metadata> {
    let host = Command::new("rustc").args(["--print", "host-tuple"]).output().context("starting rustc")?;
    let host = String::from_utf8(host.stdout)?;
    let target = target.unwrap_or(host.trim());
    let mut command = MetadataCommand::new();
    let options = ["--locked", "--filter-platform", target].into_iter().chain(features.iter().copied());
    command.current_dir(files::root()).other_options(options.map(str::to_owned).collect::<Vec<_>>());
    command.exec().context("cargo metadata")
}

/// Adds all packages that a crate of the workspace links.
fn link(linked: &mut BTreeMap<PackageId, Linked>, metadata: &Metadata, root: &str) -> Result<()> {
    let root = metadata.workspace_packages().into_iter().find(|package| package.name.as_str() == root);
    let mut open = vec![root.context("no such crate in the workspace")?.id.clone()];
    let graph = metadata.resolve.as_ref().context("cargo metadata resolves nothing")?;
    while let Some(id) = open.pop() {
        let package = &metadata[&id];
        // A macro runs in the compiler.
        if package.targets.iter().any(|target| target.kind.contains(&TargetKind::ProcMacro)) {
            continue;
        }
        let node = graph.nodes.iter().find(|node| node.id == id).context("a package without a node")?;
        let normal =
            node.deps.iter().filter(|dep| dep.dep_kinds.iter().any(|kind| kind.kind == DependencyKind::Normal));
        let uses: BTreeSet<PackageId> = normal.map(|dep| dep.pkg.clone()).collect();
        let known = linked.entry(id).or_insert_with(|| Linked { package: package.clone(), uses: BTreeSet::new() });
        open.extend(uses.difference(&known.uses).cloned());
        known.uses.extend(uses);
    }
    Ok(())
}

/// The bill of materials. It has neither a time nor a random number, so the same sources give the same bill.
fn bill(linked: &BTreeMap<PackageId, Linked>) -> Result<Vec<u8>> {
    let component = |package: &Package, kind: Classification| -> Result<Component> {
        let (name, version) = (package.name.as_str(), package.version.to_string());
        // Older packages separate alternatives by a slash.
        let license =
            package.license.clone().map(SpdxExpression::parse_lax).transpose()?.map(LicenseChoice::Expression);
        let mut component = Component::new(kind, name, &version, Some(reference(package)));
        component.licenses = license.map(|license| Licenses(vec![license]));
        component.purl = package.source.as_ref().map(|_| Purl::new("cargo", name, &version)).transpose()?;
        Ok(component)
    };
    let server = linked.values().find(|one| one.package.name.as_str() == "server").context("no server")?;
    let mut whole = component(&server.package, Classification::Application)?;
    whole.name = NormalizedString::new("kubehop");
    let others = linked.values().filter(|one| one.package.id != server.package.id);
    let parts = others.map(|one| component(&one.package, Classification::Library)).collect::<Result<_>>()?;
    let dependencies = linked.values().map(|one| Dependency {
        dependency_ref: reference(&one.package),
        dependencies: one.uses.iter().filter_map(|used| Some(reference(&linked.get(used)?.package))).collect(),
    });
    let bom = Bom {
        metadata: Some(metadata::Metadata { component: Some(whole), ..Default::default() }),
        components: Some(Components(parts)),
        dependencies: Some(Dependencies(dependencies.collect())),
        serial_number: None,
        ..Default::default()
    };
    let mut json = Vec::new();
    bom.output_as_json_v1_5(&mut json)?;
    Ok(json)
}

/// The name of a package in the bill, which has no path of the machine in it.
fn reference(package: &Package) -> String {
    format!("{}@{}", package.name, package.version)
}

/// The licences and notices, each text once, after the packages that come with it.
fn notices(packages: &[&Package]) -> Result<String> {
    let mut texts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut without = Vec::new();
    for package in packages {
        let name = format!("{} {}", package.name, package.version);
        let folder = package.manifest_path.parent().context("a manifest without a folder")?;
        let found = notices_in(folder.as_std_path())?;
        if found.is_empty() {
            let license = package.license.as_deref().context(format!("{name} names no licence"))?;
            without.push(format!("{name}: {license}; {}", package.repository.as_deref().unwrap_or("no repository")));
        }
        for text in found {
            texts.entry(text).or_default().insert(name.clone());
        }
    }
    if texts.is_empty() {
        bail!("no package has a licence");
    }
    let mut document = String::from("kubehop contains this software, under these licences.\n");
    for (text, names) in &texts {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        document += &format!("\n{}\n{}\n\n{}\n", "=".repeat(80), names.join("\n"), text.trim());
    }
    if !without.is_empty() {
        document +=
            &format!("\n{}\nThese packages hold no text of their licence:\n\n{}\n", "=".repeat(80), without.join("\n"));
    }
    Ok(document)
}

fn notices_in(folder: &Path) -> Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().to_lowercase();
        if NOTICES.iter().any(|start| name.starts_with(start)) && entry.file_type()?.is_file() {
            found.insert(String::from_utf8_lossy(&fs::read(entry.path())?).replace("\r\n", "\n"));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use cyclonedx_bom::prelude::Validate;

    use super::*;

    #[test]
    fn the_bill_names_what_is_linked_and_nothing_of_the_build() {
        let tree = documents().unwrap();
        let json = &tree[Path::new("sbom.cdx.json")];
        assert!(!String::from_utf8_lossy(json).contains("file://"), "no path of this machine");
        let bill = Bom::parse_from_json_v1_5(&**json).unwrap();
        assert!(bill.validate().passed(), "{:?}", bill.validate());
        let parts = bill.components.unwrap().0;
        let names: Vec<&str> = parts.iter().map(|part| part.name.as_ref()).collect();
        for linked in ["axum", "kube", "leptos", "topology", "imbl", "console_error_panic_hook", "wasm_split_helpers"] {
            assert!(names.contains(&linked), "{linked} is missing");
        }
        for other in ["xtask", "fuzz", "proptest", "leptos_macro", "cyclonedx-bom"] {
            assert!(!names.contains(&other), "{other} is not linked");
        }
        let notices = String::from_utf8(tree[Path::new("notices.txt")].clone()).unwrap();
        assert!(notices.contains("\naxum 0.8") && notices.contains("Apache License"), "{}", &notices[..500]);
    }
}
