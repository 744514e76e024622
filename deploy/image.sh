#!/usr/bin/env bash
# Packs a static kubehop into an image, as an OCI archive: image.sh BINARY SITE ARCHIVE. SITE has the bill of materials and the notices. It needs tar and sha256sum, and no container engine,
# because the image is one program and nothing has to run in it. The image's settings are in the Containerfile. The same binary gives the
# same archive.
set -euo pipefail
binary=$1 site=$2 archive=$3
here=$(dirname "$0")
version=$(sed -nE 's/^version = "(.*)"/\1/p' "$here/../Cargo.toml" | head -n 1)
case $(uname -m) in
  x86_64) architecture=amd64 ;;
  aarch64) architecture=arm64 ;;
  *) echo "image.sh: no name for the architecture $(uname -m)" >&2; exit 1 ;;
esac
if LC_ALL=C readelf --program-headers "$binary" | grep -q INTERP; then
  echo "image.sh: $binary is not linked statically: it cannot run without a system around it" >&2
  exit 1
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
blobs=$work/oci/blobs/sha256
mkdir -p "$blobs" "$work/root"
pack() { tar --create --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --format=ustar "$@"; }
setting() { sed -n "s/^$1 //p" "$here/Containerfile"; }
# Moves a file to the blobs, and prints its descriptor.
blob() {
  local digest size
  digest=$(sha256sum "$2" | cut -d ' ' -f 1)
  size=$(stat --format=%s "$2")
  mv "$2" "$blobs/$digest"
  printf '{"mediaType":"application/vnd.oci.image.%s","digest":"sha256:%s","size":%s%s}' "$1" "$digest" "$size" "${3:-}"
}

install -m 0755 "$binary" "$work/root/kubehop"
install -m 0644 "$site/sbom.cdx.json" "$site/notices.txt" "$work/root"
pack --file="$work/layer.tar" --directory="$work/root" kubehop notices.txt sbom.cdx.json
diff=$(sha256sum "$work/layer.tar" | cut -d ' ' -f 1)
gzip --no-name "$work/layer.tar"
layer=$(blob layer.v1.tar+gzip "$work/layer.tar.gz")

ports=$(for port in $(setting EXPOSE); do printf '"%s/tcp":{},' "$port"; done)
printf '{"architecture":"%s","os":"linux","config":{"User":"%s","ExposedPorts":{%s},"Entrypoint":%s},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' \
  "$architecture" "$(setting USER)" "${ports%,}" "$(setting ENTRYPOINT)" "$diff" > "$work/config"
config=$(blob config.v1+json "$work/config")
printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":%s,"layers":[%s]}' "$config" "$layer" > "$work/manifest"
digest=$(sha256sum "$work/manifest" | cut -d ' ' -f 1)
manifest=$(blob manifest.v1+json "$work/manifest" ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"kubehop:$version\"}")
printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[%s]}' "$manifest" > "$work/oci/index.json"
printf '{"imageLayoutVersion":"1.0.0"}' > "$work/oci/oci-layout"

mkdir -p "$(dirname "$archive")"
pack --file="$archive" --directory="$work/oci" blobs index.json oci-layout
echo "$archive: kubehop:$version@sha256:$digest, $(du --apparent-size --block-size=MB "$archive" | cut -f 1)"
