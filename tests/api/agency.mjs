// What the agency's documents and its clients expect of the APIs, line by line: a table of requests and of what comes back.
// Each row is [what it shows, method, path, options, status, what holds for the answer]; `w` is the world of service.mjs.

const V = (n) => ({ Accept: `application/vnd.qpp.cms.gov.v${n}+json` });
const keys = (o) => Object.keys(o ?? {});
const hasAll = (o, names) => names.every((n) => n in (o ?? {}));
const isId = (s) => /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(s);
const isTime = (s) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(s);
const S = "/api/submissions", E = "/api/eligibility";

const measurementSet = ["id", "createdAt", "updatedAt", "submissionId", "submitterId", "submitterType", "category", "submissionMethod",
  "programName", "cehrtId", "performanceStart", "performanceEnd", "measurements", "measureSet", "practiceId", "practiceDetails", "suppressed", "source"];
const submission = ["id", "createdAt", "updatedAt", "entityType", "entityId", "taxpayerIdentificationNumber", "nationalProviderIdentifier",
  "performanceYear", "measurementSets"];
const list = ["totalItems", "currentItemCount", "itemsPerPage", "startIndex"];
const provider = ["npi", "firstName", "middleName", "lastName", "nationalProviderIdentifierType", "firstApprovedDate", "yearsInMedicare",
  "pecosEnrollmentDate", "newlyEnrolled", "qpStatus", "qpScoreType", "isMaqi", "amsMipsEligibleClinician", "specialty", "organizations"];
const organization = ["TIN", "prvdrOrgName", "isFacilityBased", "addressLineOne", "addressLineTwo", "city", "state", "zip", "hospitalVbpName",
  "individualScenario", "groupScenario", "apms", "virtualGroups"];
const group = ["aciHardship", "aciReweighting", "aggregationLevel", "ambulatorySurgicalCenter", "eligibilityScenario", "extremeHardship",
  "extremeHardshipReasons", "extremeHardshipEventType", "extremeHardshipSources", "hospitalBasedClinician", "hospitalVbpName",
  "hospitalVbpScore", "hpsaClinician", "iaStudy", "isEligible", "isFacilityBased", "isOptedIn", "isOptInEligible", "optInDecisionDate",
  "lowVolumeServices", "lowVolumeSwitch", "lowVolumeStatusReasons", "mipsEligibleSwitch", "nonPatientFacing", "ruralClinician",
  "smallGroupPractitioner"];
const alone = [...group, "hasHospitalVbpCCN", "hasPaymentAdjustmentCCN", "specialty", "specialtyCode"];

// Nine digits with their check digit, that of a card whose number begins with 80840.
function npiOf(digits) {
  let sum = 24;
  for (let i = 0; i < 9; i += 1) { const d = Number(digits[i]) * (i % 2 === 0 ? 2 : 1); sum += d > 9 ? d - 9 : d; }
  return digits + ((10 - (sum % 10)) % 10);
}

function validateRows(w) {
  const filer = { performanceYear: "2023", entityType: "group", taxpayerIdentificationNumber: "000123456" };
  const file = (sets, more) => JSON.stringify({ ...filer, ...more, measurementSets: sets });
  const ia = { category: "ia", submissionMethod: "registry", performanceStart: "2023-01-01", performanceEnd: "2023-12-31",
               measurements: [{ measureId: "IA_EPA_2", value: true }] };
  const rate = (value) => ({ ...ia, category: "quality", measurements: [{ measureId: "047", value }] });
  const single = { isEndToEndReported: true, performanceMet: 120, performanceNotMet: 36, eligiblePopulation: 156 };
  const path = `${S}/public/validate-submission`;
  const xml = "<?xml version='1.0'?><data><performanceYear>2023</performanceYear><entityType>group</entityType><taxpayerIdentificationNumber>" +
    "000123456</taxpayerIdentificationNumber><measurementSet><category>ia</category><submissionMethod>registry</submissionMethod>" +
    "<performanceStart>2023-01-01</performanceStart><performanceEnd>2023-12-31</performanceEnd><measurement><measureId>IA_EPA_2</measureId>" +
    "<value>true</value></measurement></measurementSet></data>";
  const value = (r) => r.json.data.submission.measurementSets[0].measurements[0].value;
  const invalid = (r) => r.json.error.type === "ValidationError" && r.json.error.message === "invalid submission object" &&
    r.json.error.details.length > 0 && r.json.error.details.every((d) => d.message && d.path.startsWith("$") && d.location.path === d.path);
  return [
    ["validation needs no token, and takes the year as text", "POST", path, { body: file([ia]) }, 200,
     (r) => r.json.data.submission.performanceYear === 2023 && r.json.data.submission.taxpayerIdentificationNumber === "000123456"],
    ["a trailing slash changes nothing", "POST", path + "/", { body: file([ia]) }, 200],
    ["the service computes rates, to two decimals", "POST", path, { body: file([rate(single)]) }, 200,
     (r) => value(r).performanceRate === 76.92 && value(r).reportingRate === 100 && value(r).caseCount === 156],
    ["XML is answered in JSON", "POST", path, { body: xml, headers: { "Content-Type": "application/xml" } }, 200,
     (r) => r.json.data.submission.measurementSets[0].measurements[0].value === true],
    ["XML with a document type is refused", "POST", path, { body: "<!DOCTYPE data>" + xml.slice(21), headers: { "Content-Type": "application/xml" } }, 422, invalid],
    ["warnings stand beside the submission", "POST", path, { body: file([{ ...ia, performanceStart: undefined, performanceEnd: undefined }]) }, 200,
     (r) => r.json.data.warnings.length > 0 && r.json.data.warnings[0].message],
    ["no warnings, no member", "POST", path, { body: file([ia]) }, 200, (r) => !("warnings" in r.json.data)],
    ["errors have both forms of path", "POST", path, { body: file([rate({ ...single, performanceMet: -1 })]) }, 422,
     (r) => invalid(r) && r.json.error.details.some((d) => d.path === "$.measurementSets[0].measurements[0].value.performanceMet")],
    ["a measure that does not exist is named", "POST", path, { body: file([{ ...ia, measurements: [{ measureId: "IA_NONE", value: true }] }]) }, 422,
     (r) => invalid(r) && r.json.error.details.some((d) => d.path === "$.measurementSets[0].measurements[0].measureId")],
    ["a measure stands once in a set", "POST", path, { body: file([{ ...ia, measurements: [ia.measurements[0], ia.measurements[0]] }]) }, 422, invalid],
    ["a numerator is no more than its denominator", "POST", path,
     { body: file([{ ...ia, category: "pi", cehrtId: "0015CEXAMPLE001", measurements: [{ measureId: "PI_EP_1", value: { numerator: 5, denominator: 4 } }] }]) }, 422, invalid],
    ["a program that does not exist", "POST", path, { body: file([{ ...ia, programName: "mibs" }]) }, 422, invalid],
    ["the pathway of APMs is not for a virtual group", "POST", path, { body: JSON.stringify({ performanceYear: 2023, entityType: "virtualGroup",
      entityId: "V00001", measurementSets: [{ ...ia, programName: "app1" }] }) }, 422, (r) => invalid(r) && r.json.error.details[0].path === "$.measurementSets[0].programName"],
    ["but for an APM entity", "POST", path, { body: JSON.stringify({ performanceYear: 2023, entityType: "apm", entityId: "A00001", measurementSets: [{ ...ia, programName: "app1" }] }) }, 200],
    ["an unknown kind of entity", "POST", path, { body: file([ia], { entityType: "groups" }) }, 422, invalid],
    ["what is no JSON", "POST", path, { body: "{" }, 422, invalid],
    ["no body", "POST", path, { body: "" }, 422, invalid],
    ["a year that nobody has", "POST", path, { body: file([ia], { performanceYear: 2031 }) }, 422],
  ];
}

function filingRows(w) {
  const filer = w.individual(w.letIn), sets = `${S}/measurement-sets`, token = w.token;
  const set = (practiceId, measurements) => JSON.stringify({ ...w.virtualPractice("x", filer), practiceId, ...(measurements ? { measurements } : {}) });
  const two = [{ measureId: "IA_EPA_2", value: true }, { measureId: "IA_EPA_3", value: true }];
  const one = () => `${sets}/${w.made.id}`;
  const filed = (r) => r.json.data.measurementSet;
  return [
    ["nobody files", "POST", sets, { body: set("t1") }, 401, (r) => r.json.error.type === "Unauthorized" && r.json.error.message],
    ["a token that is none", "POST", sets, { token: "x.y.z", body: set("t1") }, 401, (r) => r.json.error.type === "Unauthorized"],
    ["submissions are made by their sets", "POST", `${S}/submissions`, { token, body: "{}" }, 401,
     (r) => r.json.error.type === "Unauthorized" && r.json.error.message === "Current user cannot create this object"],
    ["a new set is 201 with every member", "POST", sets + "/", { token, body: set("t1") }, 201, (r) => {
      w.made = filed(r);
      return hasAll(w.made, measurementSet) && isId(w.made.id) && isId(w.made.submissionId) && isTime(w.made.createdAt) && w.made.submitterType === "organization" &&
        w.made.submitterId === w.registry && w.made.suppressed === false && w.made.source === null && w.made.measureSet === null && r.etag === '"v1"';
    }],
    ["again it is a duplicate", "POST", sets, { token, body: set("t1") }, 422,
     (r) => r.json.error.type === "DuplicateEntryError" && r.text.includes(w.made.id)],
    ["errors of a set begin at the set", "POST", sets, { token, body: set("t2", [{ measureId: "IA_NONE", value: true }]) }, 422,
     (r) => r.json.error.message === "invalid measurement-set object" && r.json.error.details[0].path === "$.measurements[0].measureId"],
    ["what is attested is not uploaded", "POST", sets, { token, body: JSON.stringify({ ...JSON.parse(set("t2")), submissionMethod: "webAttestation" }) }, 422,
     (r) => r.json.error.type === "ValidationError" && r.json.error.details[0].path === "$"],
    ["into a submission by its id", "POST", sets, { token, body: () => JSON.stringify({ ...JSON.parse(set("t3")), submission: undefined, submissionId: w.made.submissionId }) }, 201,
     (r) => filed(r).submissionId === w.made.submissionId],
    ["one set", "GET", one, { token }, 200, (r) => filed(r).id === w.made.id && r.etag === '"v1"'],
    ["with a trailing slash", "GET", () => one() + "/", { token }, 200],
    ["PATCH merges measurements by id, and is 201", "PATCH", one, { token, body: JSON.stringify({ measurements: [two[1]] }) }, 201,
     (r) => filed(r).measurements.map((m) => m.measureId).sort().join() === "IA_EPA_2,IA_EPA_3" && filed(r).category === "ia"],
    ["PATCH of one member leaves the rest", "PATCH", one, { token, body: JSON.stringify({ performanceEnd: "2023-11-30" }) }, 201,
     (r) => filed(r).performanceEnd === "2023-11-30" && filed(r).measurements.length === 2],
    ["nor changed into it", "PUT", one, { token, body: JSON.stringify({ ...JSON.parse(set("t1")), submissionMethod: "webAttestation" }) }, 422],
    ["PUT replaces all of it", "PUT", one, { token, body: set("t1") }, 200, (r) => filed(r).measurements.length === 1 && filed(r).performanceEnd === "2023-12-31"],
    ["a measurement is added", "POST", `${S}/measurements`, { token, body: () => JSON.stringify({ measurementSetId: w.made.id, ...two[1] }) }, 201,
     (r) => { w.measurement = r.json.data.measurement; return hasAll(w.measurement, ["id", "measurementSetId", "measureId", "value"]) && w.measurement.measurementSetId === w.made.id; }],
    ["measurements of a set are listed", "GET", () => `${S}/measurements?measurementSetId=${w.made.id}`, { token }, 200,
     (r) => r.json.data.totalItems === 2 && r.json.data.measurements.length === 2],
    ["all measurements are listed", "GET", `${S}/measurements/?itemsPerPage=99999`, { token }, 200,
     (r) => hasAll(r.json.data, list) && r.json.data.totalItems > 20 && r.json.data.measurements.length === r.json.data.totalItems &&
       r.json.data.measurements.some((m) => m.id === w.measurement.id)],
    ["in pages", "GET", `${S}/measurements?itemsPerPage=3&startIndex=2`, { token }, 200,
     (r) => r.json.data.measurements.length === 3 && r.json.data.totalItems > 20 && r.json.data.startIndex === 2],
    ["one measurement", "GET", () => `${S}/measurements/${w.measurement.id}`, { token }, 200, (r) => r.json.data.measurement.measureId === "IA_EPA_3"],
    ["PATCH of a measurement is 200", "PATCH", () => `${S}/measurements/${w.measurement.id}`,
     { token, body: () => JSON.stringify({ measurementSetId: w.made.id, measureId: "IA_EPA_3", value: false }) }, 200, (r) => r.json.data.measurement.value === false],
    ["PUT of a measurement", "PUT", () => `${S}/measurements/${w.measurement.id}`, { token, body: JSON.stringify({ measureId: "IA_EPA_3", value: true }) }, 200],
    ["DELETE of a measurement", "DELETE", () => `${S}/measurements/${w.measurement.id}`, { token }, 204, (r) => r.text === ""],
    ["then it is gone", "GET", () => `${S}/measurements/${w.measurement.id}`, { token }, 404, (r) => r.json.error.type === "NotFoundError"],
    ["a version that has passed", "DELETE", one, { token, headers: { "If-Match": '"v1"' } }, 412],
    ["DELETE of a set", "DELETE", one, { token }, 204, (r) => r.text === "" && r.receipt],
    ["then it is gone, as if it had never been", "GET", one, { token }, 404],
    ["PUT of what is gone", "PUT", one, { token, body: set("t1") }, 404],
    ["an id that is none", "GET", `${sets}/7`, { token }, 404],
  ];
}

function listRows(w) {
  const { token } = w, path = `${S}/submissions`, tin = (t) => ({ "qpp-taxpayer-identification-number": t });
  return [
    ["submissions, ten to a page", "GET", path, { token }, 200, (r) => hasAll(r.json.data, list) && r.json.data.itemsPerPage === 10 && r.json.data.startIndex === 0 &&
      r.json.data.submissions.length === Math.min(10, r.json.data.totalItems) && hasAll(r.json.data.submissions[0], submission)],
    ["with sets of the caller alone", "GET", path + "?itemsPerPage=99999", { token }, 200,
     (r) => r.json.data.submissions.length === r.json.data.totalItems && r.json.data.submissions.every((s) => s.measurementSets.every((x) => x.submitterId === w.registry))],
    ["and masked TINs", "GET", path + "?itemsPerPage=99999", { token }, 200, (r) => r.json.data.submissions.filter((s) => s.taxpayerIdentificationNumber)
      .every((s) => /^\*{5}\d{4}$/.test(s.taxpayerIdentificationNumber)) && !r.text.includes(w.letIn.tin) && !r.text.includes(w.notLetIn.tin)],
    ["from startIndex on", "GET", path + "?startIndex=1&itemsPerPage=2", { token }, 200,
     (r) => r.json.data.startIndex === 1 && r.json.data.currentItemCount === 2 && r.json.data.submissions.length === 2],
    ["by all that clients name, empty too", "GET", path + "?nationalProviderIdentifier=&entityId=&performanceYear=2023&entityType=group", { token, headers: tin(w.notLetIn.tin) }, 200,
     (r) => r.json.data.totalItems === 1 && r.json.data.submissions[0].id === w.submission],
    ["of a year without any", "GET", path + "?performanceYear=2022", { token }, 200, (r) => r.json.data.totalItems === 0 && r.json.data.submissions.length === 0],
    ["of a practice that nobody knows", "GET", path, { token, headers: tin("000000001") }, 200, (r) => r.json.data.totalItems === 0],
    ["a TIN that is none", "GET", path, { token, headers: tin("12-3456789") }, 400, (r) => !r.text.includes("3456789")],
    ["a kind of entity that is none", "GET", path + "?entityType=groups", { token }, 400],
    ["a page that is none", "GET", path + "?itemsPerPage=-1", { token }, 400],
    ["one submission", "GET", `${path}/${w.submission}/`, { token }, 200, (r) => hasAll(r.json.data.submission, submission)],
    ["one that does not exist", "GET", path + "/123e4567-e89b-42d3-a456-426614174000", { token }, 404, (r) => r.json.error.type === "NotFoundError"],
    ["of a practice, to somebody of elsewhere", "GET", `${path}/${w.submission}`, { token: w.stranger }, 404, (r) => r.json.error.type === "NotFoundError"],
    ["the score for one program", "GET", `${path}/${w.submission}/score?program=mips`, { token }, 200,
     (r) => r.json.data.score.name === "total" && Array.isArray(r.json.data.score.errors) && Array.isArray(r.json.data.score.warnings)],
    ["and for all", "GET", `${path}/${w.submission}/score/`, { token }, 200],
    ["a program that the submission does not have", "GET", `${path}/${w.submission}/score?program=mibs`, { token }, 400],
    ["benchmarks of a year", "GET", `${S}/public/benchmarks?year=2023`, {}, 200, (r) => Array.isArray(r.json.data) && r.json.data.length > 300 && r.json.data[0].measureId],
    ["by either name", "GET", `${S}/public/benchmarks/?performanceYear=2022`, {}, 200, (r) => r.json.data.every((b) => b.performanceYear === 2022)],
    ["health", "GET", `${S}/health/`, {}, 200],
    ["the web interface is sunset", "GET", `${S}/web-interface/organizations`, { token }, 404],
    ["any version of the vendor type", "GET", `${S}/health`, { headers: V(7) }, 200],
    ["plain JSON is the latest", "GET", `${S}/health`, { headers: { Accept: "application/json" } }, 200],
    ["spaces in Accept, and XML asked for", "GET", `${S}/health`, { headers: { Accept: "text/html, application / vnd.qpp.cms.gov.v1 + xml" } }, 200],
    ["browsers of other sites may ask", "OPTIONS", `${S}/measurement-sets`, { headers: { Origin: "https://example.org", "Access-Control-Request-Method": "POST" } }, 204,
     (r) => r.headers.get("access-control-allow-origin") === "*" && /authorization/i.test(r.headers.get("access-control-allow-headers"))],
    ["and read receipts", "GET", `${S}/health`, { headers: { Origin: "https://example.org" } }, 200,
     (r) => /OpenQPP-Receipt/.test(r.headers.get("access-control-expose-headers"))],
    ["a method that the address does not have", "POST", `${S}/health`, { body: "{}" }, 405, (r) => r.json.error.type === "MethodNotAllowed" && /GET/.test(r.headers.get("allow"))],
    ["an address that is none", "GET", `${S}/nothing`, {}, 404, (r) => r.json.error.type === "NotFoundError"],
  ];
}

function eligibilityRows(w) {
  const nobody = npiOf("999999999"), npi = w.letIn.npi, one = `${E}/npi/${npi}?year=2023`;
  const organizations = (r) => r.json.data.organizations;
  return [
    ["a clinician with every member", "GET", one, { headers: V(6) }, 200, (r) => hasAll(r.json.data, provider) && organizations(r).length === 1],
    ["of the organization too", "GET", one, { headers: V(6) }, 200, (r) => hasAll(organizations(r)[0], organization)],
    ["of both scenarios", "GET", one, { headers: V(6) }, 200, (r) => hasAll(organizations(r)[0].individualScenario, alone) && hasAll(organizations(r)[0].groupScenario, group) &&
      hasAll(organizations(r)[0].individualScenario.isEligible, ["individual", "group", "mipsApm", "virtualGroup"])],
    ["older versions", "GET", one, { headers: V(4) }, 200, (r) => hasAll(r.json.data, provider)],
    ["versions that do not exist are the default", "GET", one, { headers: V(9) }, 200, (r) => hasAll(r.json.data, provider)],
    ["a load of the year", "GET", one + "&runNum=1", {}, 200],
    ["a load that is none", "GET", one + "&runNum=5", {}, 400],
    ["a practice's own people see the TIN", "GET", `${E}/npi/${w.own.npi}?year=2023`, { token: w.official }, 200, (r) => organizations(r)[0].TIN === w.own.tin],
    ["others do not", "GET", `${E}/npi/${w.own.npi}?year=2023`, { token: w.stranger }, 200, (r) => organizations(r)[0].TIN === "XXXXXXXXXX" && !r.text.includes(w.own.tin)],
    ["a wrong check digit", "GET", `${E}/npi/9000000000?year=2023`, {}, 400, (r) => typeof r.json.error.message === "string"],
    ["what is no NPI", "GET", `${E}/npi/abc?year=2023`, {}, 400],
    ["no data", "GET", `${E}/npi/${nobody}?year=2023`, {}, 404, (r) => typeof r.json.error.message === "string"],
    ["a year without data", "GET", `${E}/npi/${npi}?year=2019`, {}, 404],
    ["several, with unknown ones among them", "GET", `${E}/npis/${npi},${nobody},12?year=2023`, {}, 200, (r) => Array.isArray(r.json.data) && r.json.data.length === 3 &&
      r.json.data[0].npi === npi && r.json.data[1].error.type === "NotFoundError" && r.json.data[1].error.message && r.json.data[2].error.type],
    ["national averages", "GET", `${E}/stats?year=2023`, {}, 200,
     (r) => ["individual", "group"].every((l) => r.json.data[l].hccRiskScoreAverage > 0 && r.json.data[l].dualEligibilityAverage > 0)],
    ["of a year that nobody knows", "GET", `${E}/stats/?year=2031`, {}, 404],
    ["the year that is meant", "GET", `${E}/version`, {}, 200, (r) => r.json.data.defaultYear >= 2023],
  ];
}

export async function agency(x) {
  const { ok, ask } = x, w = Object.assign(x.w, { individual: x.individual, virtualPractice: x.virtualPractice });
  for (const rows of [validateRows, filingRows, listRows, eligibilityRows]) {
    for (const [name, method, path, options, status, holds] of rows(w)) {
      const at = typeof path === "function" ? path() : path;
      const body = typeof options.body === "function" ? options.body() : options.body;
      const r = await ask(method, at, { ...options, body });
      let held = r.status === status;
      try { held = held && (!holds || Boolean(holds(r))); } catch (e) { held = false; }
      ok(held, `${method} ${at.split("?")[0].replace(/[0-9a-f]{8}-[0-9a-f-]{27}(\.\w+)?/g, "{id}")}: ${name}`, `${r.status}, not ${status}: ${r.text}`);
    }
  }
}
