# Whether what stands here has the structure of SARIF 2.1.0 (OASIS, 2023-08): what is required is there,
# what the schema does not know is not, and indexes and ids agree.
def only($keys): (keys - $keys) == [];
def text: type == "object" and only(["text"]) and (.text | type == "string" and length > 0);
def uri: type == "string" and test("^(file:///)?([A-Za-z0-9._~/-]|%[0-9A-F]{2})+$");
def artifact: only(["uri"]) and (.uri | uri);
def whole: type == "number" and . >= 1 and . == floor;
def region: only(["startLine", "startColumn", "endLine"]) and has("startLine") and all(.[]; whole);
def location: only(["physicalLocation"]) and (.physicalLocation
    | only(["artifactLocation", "region"]) and (.artifactLocation | artifact) and (.region == null or (.region | region)));
def replacement: only(["deletedRegion", "insertedContent"]) and (.deletedRegion | region) and (.insertedContent | text);
def change: only(["artifactLocation", "replacements"]) and (.artifactLocation | artifact)
    and (.replacements | length > 0 and all(.[]; replacement));
def fix: only(["artifactChanges"]) and (.artifactChanges | length > 0 and all(.[]; change));
def level: . == "note" or . == "warning" or . == "error";
def rule: only(["id", "shortDescription", "help", "defaultConfiguration"]) and (.id | test("^[a-z0-9-]+$"))
    and (.shortDescription | text) and (.help | text)
    and (.defaultConfiguration | only(["level"]) and (.level | level));
def result($rules): only(["ruleId", "ruleIndex", "level", "message", "locations", "fixes"]) and (.message | text)
    and (.level | level) and $rules[.ruleIndex].id == .ruleId
    and (.locations == null or all(.locations[]; location)) and (.fixes == null or all(.fixes[]; fix));
only(["version", "$schema", "runs"]) and .version == "2.1.0" and (.runs | length == 1) and (.runs[0]
    | only(["columnKind", "tool", "results"]) and .columnKind == "unicodeCodePoints" and (.tool | only(["driver"]))
    and (.tool.driver | only(["name", "rules"]) and .name == "salesbook" and all(.rules[]; rule)
        and ([.rules[].id] | length == (unique | length)))
    and (.tool.driver.rules as $rules | all(.results[]; result($rules))
        and ([.results[].ruleId] | unique) == ([$rules[].id] | sort)))
