#!/bin/sh
# Copies the CMS Design System's styles and fonts (npm @cmsgov/design-system) to a folder, to be served as static files
# beside those of web/. Pages stay usable without them; they are never part of the tree.
#
#   styles.sh FOLDER [PACKAGES]     PACKAGES: where npm puts the package; FOLDER/../npm unless told
set -eu
folder=${1:?usage: styles.sh FOLDER [PACKAGES]}
mkdir -p "$folder"
packages=${2:-$folder/../npm}
version=18.1.0
package=$packages/node_modules/@cmsgov/design-system
if [ ! -f "$package/dist/css/index.css" ]; then
	command -v npm >/dev/null 2>&1 || { echo "styles.sh: npm is not installed" >&2; exit 4; }
	mkdir -p "$packages"
	npm install --prefix "$packages" --no-audit --no-fund --no-save --ignore-scripts --omit=peer --omit=optional \
		"@cmsgov/design-system@$version" >"$packages/styles.log" 2>&1 || {
		tail -n 15 "$packages/styles.log" >&2
		exit 4
	}
fi
mkdir -p "$folder/css" "$folder/fonts"
cp "$package/dist/css/index.css" "$package/dist/css/core-theme.css" "$folder/css/"
cp "$package"/dist/fonts/*.woff2 "$folder/fonts/"
