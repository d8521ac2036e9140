"""Documents that nobody means well with: too much, too deep, in circles, out of bounds, broken or ambiguous.

``FAMILIES`` are run through the command line one by one; ``MASSES`` are many variants of small documents, for which
it would take too long.
"""

from __future__ import annotations

from collections.abc import Iterator

from security.hostile import (
    bare,
    compositions,
    depth,
    extensions,
    json_text,
    long_names,
    loops,
    names,
    noise,
    octets,
    overlays,
    patterns,
    products,
    references,
    sizes,
    swagger,
    versions,
    wire,
    yaml_text,
)
from security.hostile.case import Family, Hostile, made

FAMILIES: tuple[Family, ...] = (
    *(octets.octets, octets.encodings, versions.versions, yaml_text.bombs, yaml_text.nesting, yaml_text.tags),
    *(yaml_text.broken_yaml, json_text.numbers, json_text.broken_json, json_text.surrogates),
    *(
        sizes.enums,
        sizes.properties,
        sizes.schemas,
        sizes.operations,
        sizes.security,
        sizes.prose,
        long_names.long_names,
    ),
    *(depth.depth, depth.chains, products.laughs, products.laughs_on_the_wire, products.products),
    *(compositions.wide_parts, compositions.inheritance, compositions.webs),
    *(loops.loops_of_schemas, loops.loops_of_names, loops.loops_of_components, loops.loops_of_files),
    *(references.targets, references.references_from_everywhere, references.identifiers, overlays.overlays),
    *(names.names, names.odd_paths, patterns.patterns),
    *(wire.addresses, wire.headers, wire.statuses_and_methods, wire.schemes, wire.discriminators),
    wire.contradictions,
)
MASSES: tuple[Family, ...] = (
    *(octets.truncated, octets.flipped, references.references_of_wrong_types, bare.bounds, bare.keywords),
    bare.fields,
    *(
        bare.wrong_types,
        bare.missing,
        wire.media_types,
        extensions.extensions,
        swagger.swagger,
        noise.noise,
        noise.exchanged,
    ),
)
#: Their documents are small and take long.
LABORIOUS: tuple[Family, ...] = (
    products.laughs,
    products.laughs_on_the_wire,
    products.products,
    compositions.inheritance,
)


def documents(*families: Family) -> Iterator[Hostile]:
    """Yield the cases of families, each under a name of its own."""
    for family in families:
        for name, content in family():
            yield made(name, content)
