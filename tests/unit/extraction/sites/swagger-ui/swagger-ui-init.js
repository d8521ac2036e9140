window.onload = function() {
  // Build a system
  var url = window.location.search.match(/url=([^&]+)/);
  if (url && url.length > 1) {
    url = decodeURIComponent(url[1]);
  } else {
    url = window.location.origin;
  }
  var options = {
  "swaggerDoc": {
    "openapi": "3.1.0",
    "info": {
      "title": "Pets & <owners>",
      "version": "1.0",
      "description": "It costs $5.\nSee `$ref`, \"quotes\" and ünïcode."
    },
    "servers": [
      {
        "url": "https://pets.example.com"
      }
    ],
    "paths": {
      "/pets": {
        "get": {
          "operationId": "listPets",
          "summary": "List",
          "responses": {
            "200": {
              "description": "Fine",
              "content": {
                "application/json": {
                  "schema": {
                    "$ref": "#/components/schemas/Pet"
                  }
                }
              }
            }
          }
        },
        "post": {
          "operationId": "addPet",
          "summary": "Add",
          "responses": {
            "200": {
              "description": "Fine",
              "content": {
                "application/json": {
                  "schema": {
                    "$ref": "#/components/schemas/Pet"
                  }
                }
              }
            }
          }
        }
      },
      "/pets/{id}": {
        "parameters": [
          {
            "name": "id",
            "in": "path",
            "required": true,
            "schema": {
              "type": "string"
            }
          }
        ],
        "get": {
          "operationId": "getPet",
          "summary": "Get",
          "responses": {
            "200": {
              "description": "Fine",
              "content": {
                "application/json": {
                  "schema": {
                    "$ref": "#/components/schemas/Pet"
                  }
                }
              }
            }
          }
        }
      }
    },
    "components": {
      "schemas": {
        "Pet": {
          "type": "object",
          "properties": {
            "name": {
              "type": "string",
              "default": "$undefined"
            },
            "price": {
              "type": "number",
              "const": "$19"
            }
          }
        }
      }
    }
  },
  "customOptions": {}
};
  url = options.swaggerUrl || url
  var urls = options.swaggerUrls
  window.ui = SwaggerUIBundle({url: url, dom_id: "#swagger-ui"})
}
