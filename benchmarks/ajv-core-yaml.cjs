// For ajv-cli: read YAML as version 1.2 does, where a date is text, and know the format "date".
const yaml = require("js-yaml");
const load = yaml.safeLoad;
yaml.safeLoad = (text) => load(text, { schema: yaml.CORE_SCHEMA });
module.exports = (ajv) => require("ajv-formats")(ajv);
