#!/bin/sh
# Fills the folder $1 with the public suites that suites.py names.
set -eu
mkdir -p "$1"
cd "$1"
github() { git clone -q --depth 1 ${3:+--branch "$3"} "https://github.com/$1" "$2"; }
github OAI/OpenAPI-Specification oai-3.1 v3.1-dev
github OAI/OpenAPI-Specification oai-3.2 v3.2-dev
github OAI/learn.openapis.org oai-learn
github OAI/Overlay-Specification oai-overlay
github APIDevTools/swagger-parser swagger-parser
github seriousme/openapi-schema-validator seriousme
github digitalocean/openapi digitalocean
mkdir -p oas-examples
npm pack --silent @readme/oas-examples@8.2.2
tar xzf readme-oas-examples-8.2.2.tgz -C oas-examples
