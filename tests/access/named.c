/*
 * How a thing of each page is named: the table that every page must be in, and
 * the words in it. See matrix.h.
 */
#include "matrix.h"

#include <string.h>

#define FORM "application/x-www-form-urlencoded"
#define JSON "application/json"
#define FILE_TYPE "multipart/form-data; boundary=xx"
#define PERIOD "\"performanceStart\":\"$YEAR-01-01\",\"performanceEnd\":\"$YEAR-12-31\""
#define ACTIVITY(id) "{\"measureId\":\"" id "\",\"value\":true}"
#define SET_MEMBERS "\"category\":\"ia\",\"submissionMethod\":\"registry\"," PERIOD ",\"measurements\":[" ACTIVITY("IA_EPA_2") "," ACTIVITY("IA_EPA_1") "]"
#define SET_BODY "{\"submission\":{$WHO}," SET_MEMBERS "}"
#define WHOLE "{$WHO,\"measurementSets\":[{" SET_MEMBERS "}]}"
#define FILE_BODY "--xx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"filed.json\"\r\nContent-Type: application/json\r\n\r\n" WHOLE "\r\n--xx--\r\n"
#define IA_FORM "start=$YEAR-01-01&end=$YEAR-12-31&activity=IA_EPA_2&do=save"

#define TR "/targeted-review/$REVIEW"
#define S "/api/submissions/"
#define OF_ITS_ORG REFUSED_TO_REGISTRIES | NOT_FOR_CLINICIANS
#define V "/virtual-groups/$VGROUP"
#define OF_PRACTICES NOT_FOR_CLINICIANS | OF_PEOPLE
#define OF_ITS_PEOPLE REFUSED_TO_REGISTRIES | OF_PEOPLE

const struct named named_pages[] = {
	/* the server itself */
	{ "GET /healthz", "/healthz", .flags = ABOUT_CALLER },
	{ "GET /readyz", "/readyz", .flags = ABOUT_CALLER },
	{ "GET /metrics", "/metrics", .flags = ABOUT_CALLER },
	{ "GET /static/{file*}", "/static/base.css", .flags = ABOUT_CALLER },
	{ "GET /api/openapi.json", "/api/openapi.json", .flags = ABOUT_CALLER },

	/* public pages; sign-in */
	{ "GET /", "/", .flags = ABOUT_CALLER },
	{ "GET /sign-in", "/sign-in", .flags = ABOUT_CALLER },
	/* Of a type that is no form: what passwords do is tried in tests/identity, and each costs a hash. */
	{ "POST /sign-in", "/sign-in", .flags = ABOUT_CALLER | ABOUT_CONTENT, .type = "text/plain", .body = "x" },
	{ "GET /sign-in/code", "/sign-in/code", .flags = ABOUT_CALLER },
	{ "POST /sign-in/code", "/sign-in/code", .flags = ABOUT_CALLER | ABOUT_CONTENT, .type = "text/plain", .body = "x" },
	{ "POST /sign-out", "/sign-out", .flags = ABOUT_CALLER | ENDS_SESSION | WHILE_VIEWING, .type = FORM, .body = "x=1" },
	{ "POST /view-as/exit", "/view-as/exit", .flags = ABOUT_CALLER | ENDS_SESSION | WHILE_VIEWING, .type = FORM, .body = "x=1" },
	{ "GET /eligibility", "/eligibility", .flags = ABOUT_CALLER },
	{ "GET /eligibility/{npi}", "/eligibility/$NPI?year=$YEAR", .flags = ABOUT_CALLER },
	{ "GET /help", "/help", .flags = ABOUT_CALLER },
	{ "GET /rules", "/rules", .flags = ABOUT_CALLER },
	{ "GET /rules/{page}", "/rules/414.1380.html", .flags = ABOUT_CALLER },
	/* No provider is set up: nobody is sent anywhere. */
	{ "GET /sign-in/with/{provider}", "/sign-in/with/harp", .flags = ABOUT_CALLER, .always = 404 },
	{ "GET /sign-in/back", "/sign-in/back?state=x&code=y", .flags = ABOUT_CALLER, .always = 404 },

	/* account and access */
	{ "GET /account", "/account", .flags = ABOUT_CALLER },
	{ "GET /account/connect", "/account/connect", .flags = ABOUT_CALLER },
	{ "POST /account/connect/search", "/account/connect/search", .flags = ABOUT_CALLER, .type = FORM, .body = "kind=practice&query=000777777" },
	{ "POST /account/connect", "/account/connect", .flags = ABOUT_CALLER | ABOUT_CONTENT, .type = FORM, .body = "kind=practice&query=000777777&role=staff" },
	{ "GET /account/organizations/{org}", "/account/organizations/$ORG", .shows = "$ROLE" },
	{ "GET /account/organizations/{org}/roles/{role}/{act}", "/account/organizations/$ORG/roles/$ROLE/approve", .flags = 0 },
	{ "GET /account/organizations/{org}/roles/{role}/{act}", "/account/organizations/$ORG/roles/$ROLE/deny", .flags = 0 },
	{ "POST /account/organizations/{org}/roles/{role}/{act}", "/account/organizations/$ORG/roles/$ROLE/approve", .flags = DECIDES,
	  .type = FORM, .body = "reason=x" },
	{ "POST /account/organizations/{org}/roles/{role}/{act}", "/account/organizations/$ORG/roles/$ROLE/deny", .flags = DECIDES,
	  .type = FORM, .body = "reason=x" },

	/* one's own: password, second step, sessions */
	{ "GET /account/password", "/account/password", .flags = ABOUT_CALLER | NOT_WHILE_VIEWING },
	{ "POST /account/password", "/account/password", .flags = ABOUT_CALLER | ABOUT_CONTENT, .type = "text/plain", .body = "x" },
	{ "GET /account/factor", "/account/factor", .flags = ABOUT_CALLER | NOT_WHILE_VIEWING },
	{ "POST /account/factor", "/account/factor", .flags = ABOUT_CALLER | ABOUT_CONTENT, .type = "text/plain", .body = "x" },
	{ "GET /account/sessions", "/account/sessions", .flags = ABOUT_CALLER | NOT_WHILE_VIEWING },
	{ "POST /account/sessions", "/account/sessions", .flags = ABOUT_CALLER, .type = FORM,
	  .body = "session=00000000-0000-4000-8000-00000000000a" },
	{ "GET /session", "/session", .flags = ABOUT_CALLER },
	{ "POST /session", "/session", .flags = ABOUT_CALLER | WHILE_VIEWING, .type = FORM, .body = "x=1" },

	/* consents and tokens */
	{ "GET /account/consents", "/account/consents", .flags = ABOUT_CALLER },
	{ "GET /account/consents/{org}", "/account/consents/$ORG", .flags = 0 },
	{ "GET /account/consents/{org}/{registry}/{year}/{act}", "/account/consents/$ORG/$REGISTRY/$YEAR/give", .flags = 0 },
	{ "POST /account/consents/{org}/{registry}/{year}/{act}", "/account/consents/$ORG/$REGISTRY/$YEAR/give", .flags = DECIDES, .type = FORM,
	  .body = "x=1" },
	{ "GET /account/tokens", "/account/tokens", .flags = ABOUT_CALLER },
	{ "GET /account/tokens/{org}", "/account/tokens/$ORG", .flags = 0 },
	{ "POST /account/tokens/{org}", "/account/tokens/$ORG", .type = FORM, .body = "name=x&months=12&year=$YEAR" },
	{ "GET /account/tokens/{org}/{token}/revoke", "/account/tokens/$ORG/$TOKEN/revoke", .flags = 0 },
	{ "POST /account/tokens/{org}/{token}/revoke", "/account/tokens/$ORG/$TOKEN/revoke", .flags = DECIDES, .type = FORM, .body = "x=1" },

	/* the service center and operators */
	{ "GET /view-as", "/view-as", .flags = ABOUT_CALLER },
	{ "POST /view-as", "/view-as", .flags = ABOUT_CALLER | ENDS_SESSION, .type = FORM, .body = "kind=tin&id=000777777&reason=a+call" },
	{ "GET /operator/access", "/operator/access", .flags = ABOUT_CALLER },
	{ "GET /operator/access/requests/{role}/{act}", "/operator/access/requests/$OPEN_ROLE/approve", .flags = 0 },
	{ "POST /operator/access/requests/{role}/{act}", "/operator/access/requests/$OPEN_ROLE/approve", .flags = DECIDES, .type = FORM,
	  .body = "reason=x" },
	{ "GET /operator/runs", "/operator/runs", .flags = ABOUT_CALLER },
	{ "POST /operator/runs", "/operator/runs", .flags = ABOUT_CALLER | ABOUT_CONTENT, .type = "text/plain", .body = "x" },
	{ "GET /operator/runs/{run}", "/operator/runs/00000000-0000-4000-8000-00000000000a", .flags = ABOUT_CALLER, .always = 404 },
	{ "GET /operator/runs/{run}/release", "/operator/runs/00000000-0000-4000-8000-00000000000a/release", .flags = ABOUT_CALLER, .always = 404 },
	{ "POST /operator/runs/{run}/release", "/operator/runs/00000000-0000-4000-8000-00000000000a/release", .flags = ABOUT_CALLER, .always = 404, .type = FORM, .body = "reason=x" },
	{ "GET /operator/runs/{run}/drop", "/operator/runs/00000000-0000-4000-8000-00000000000a/drop", .flags = ABOUT_CALLER, .always = 404 },
	{ "POST /operator/runs/{run}/drop", "/operator/runs/00000000-0000-4000-8000-00000000000a/drop", .flags = ABOUT_CALLER, .always = 404, .type = FORM, .body = "x=1" },
	{ "GET /operator/corrections", "/operator/corrections", .flags = ABOUT_CALLER },
	{ "POST /operator/corrections", "/operator/corrections", .flags = ABOUT_CALLER | ABOUT_CONTENT, .type = "text/plain", .body = "x" },
	{ "GET /operator/radar", "/operator/radar", .flags = ABOUT_CALLER },
	{ "GET /operator/access/accounts/{account}/open", "/operator/access/accounts/$ACCOUNT/open", .flags = 0 },
	{ "POST /operator/access/accounts/{account}/open", "/operator/access/accounts/$ACCOUNT/open", .flags = DECIDES, .type = FORM, .body = "x=1" },

	/* submissions */
	{ "GET /submissions", "/submissions?year=$YEAR", .flags = ABOUT_CALLER, .shows = "$SUBMISSION" },
	{ "GET /submissions", "/submissions?year=$YEAR&org=$PRACTICE", .missing = 200 },
	{ "POST /submissions", "/submissions", .flags = NOT_FOR_REGISTRIES, .type = FORM, .body = "new-org=$PRACTICE&new-level=group&year=$YEAR", .missing = 422 },
	{ "GET /submissions/{id}", "/submissions/$SUBMISSION", .shows = "$RECEIPT" },
	{ "GET /submissions/{id}/why", "/submissions/$SUBMISSION/why", .flags = 0 },
	{ "GET /submissions/{id}/rules/{page}", "/submissions/$SUBMISSION/rules/414.1380.html", .flags = ABOUT_CALLER },
	{ "GET /submissions/{id}/receipts/{number}", "/submissions/$SUBMISSION/receipts/$RECEIPT", .flags = 0 },
	{ "GET /submissions/{id}/receipts/{number}/receipt.json", "/submissions/$SUBMISSION/receipts/$RECEIPT/receipt.json", .flags = 0 },
	{ "GET /submissions/{id}/receipts/{number}/filed.json", "/submissions/$SUBMISSION/receipts/$RECEIPT/filed.json", .shows = "IA_EPA_2" },

	/* targeted review: the request is filed; what is sent is of another version, so that it stays as it is */
	{ "GET /targeted-review", "/targeted-review", .flags = ABOUT_CALLER, .shows = "$REVIEW" },
	{ "GET /targeted-review/new", "/targeted-review/new?py=$YEAR", .flags = ABOUT_CALLER },
	{ "POST /targeted-review/new", "/targeted-review/new", .flags = ABOUT_CALLER | ABOUT_CONTENT, .type = FORM, .body = "py=$YEAR&level=group" },
	{ "GET /targeted-review/{id}", TR "", .flags = 0 },
	{ "GET /targeted-review/{id}/edit", TR "/edit", .flags = 0 },
	{ "POST /targeted-review/{id}/edit", TR "/edit", .flags = ABOUT_CONTENT, .type = FORM, .body = "version=99&py=$YEAR&level=group" },
	{ "GET /targeted-review/{id}/evidence", TR "/evidence", .flags = 0 },
	{ "POST /targeted-review/{id}/documents", TR "/documents", .flags = ABOUT_CONTENT, .type = FORM, .body = "x=1" },
	{ "GET /targeted-review/{id}/documents/{document}", TR "/documents/00000000-0000-4000-8000-00000000000a", .flags = ABOUT_CALLER, .always = 404 },
	{ "POST /targeted-review/{id}/documents/{document}/remove", TR "/documents/00000000-0000-4000-8000-00000000000a/remove",
	  .flags = ABOUT_CONTENT, .type = FORM, .body = "x=1" },
	{ "GET /targeted-review/{id}/review", TR "/review", .flags = 0 },
	{ "POST /targeted-review/{id}/review", TR "/review", .flags = ABOUT_CONTENT, .type = FORM, .body = "version=99&certified=yes" },
	{ "GET /targeted-review/{id}/receipt", TR "/receipt", .flags = 0 },
	{ "GET /targeted-review/{id}/receipt.json", TR "/receipt.json", .flags = 0 },
	{ "POST /targeted-review/{id}/answer", TR "/answer", .flags = ABOUT_CONTENT, .type = FORM, .body = "version=99&answer=x" },
	{ "GET /targeted-review/{id}/withdraw", TR "/withdraw", .flags = 0 },
	{ "POST /targeted-review/{id}/withdraw", TR "/withdraw", .flags = ABOUT_CONTENT, .type = FORM, .body = "version=99" },
	{ "GET /targeted-review/{id}/letter", TR "/letter", .flags = ABOUT_CALLER, .always = 404 },
	{ "GET /targeted-review/{id}/letter.pdf", TR "/letter.pdf", .flags = ABOUT_CALLER, .always = 404 },
	{ "GET /reviewer/targeted-review", "/reviewer/targeted-review", .flags = ABOUT_CALLER },
	{ "GET /reviewer/targeted-review/{id}", "/reviewer" TR "", .shows = "$REVIEW" },
	{ "GET /reviewer/targeted-review/{id}/documents/{document}", "/reviewer" TR "/documents/00000000-0000-4000-8000-00000000000a",
	  .flags = ABOUT_CALLER, .always = 404 },
	{ "GET /reviewer/targeted-review/{id}/letter", "/reviewer" TR "/letter", .flags = ABOUT_CALLER, .always = 404 },
	{ "GET /reviewer/targeted-review/{id}/letter.pdf", "/reviewer" TR "/letter.pdf", .flags = ABOUT_CALLER, .always = 404 },
	{ "POST /reviewer/targeted-review/{id}/assign", "/reviewer" TR "/assign", .flags = ABOUT_CONTENT, .type = FORM, .body = "version=99" },
	{ "POST /reviewer/targeted-review/{id}/ask", "/reviewer" TR "/ask", .flags = ABOUT_CONTENT, .type = FORM, .body = "version=99&question=x" },
	{ "POST /reviewer/targeted-review/{id}/recommend", "/reviewer" TR "/recommend", .flags = ABOUT_CONTENT, .type = FORM, .body = "version=99" },
	{ "POST /reviewer/targeted-review/{id}/close", "/reviewer" TR "/close", .flags = ABOUT_CONTENT, .type = FORM, .body = "version=99&note=x" },
	{ "POST /reviewer/targeted-review/{id}/confirm", "/reviewer" TR "/confirm", .flags = ABOUT_CONTENT, .type = FORM, .body = "version=99" },
	{ "POST /reviewer/targeted-review/{id}/return", "/reviewer" TR "/return", .flags = ABOUT_CONTENT, .type = FORM, .body = "version=99&note=x" },
	{ "GET /operator/targeted-review", "/operator/targeted-review", .flags = ABOUT_CALLER },
	{ "POST /operator/targeted-review/extend", "/operator/targeted-review/extend", .flags = ABOUT_CALLER | ABOUT_CONTENT, .type = FORM, .body = "end=$YEAR" },
	{ "POST /operator/targeted-review/campaign", "/operator/targeted-review/campaign", .flags = ABOUT_CALLER | ABOUT_CONTENT, .type = FORM,
	  .body = "year=$YEAR" },

	/* entering data */
	{ "GET /submissions/upload", "/submissions/upload", .flags = ABOUT_CALLER },
	{ "POST /submissions/upload", "/submissions/upload", .type = FILE_TYPE, .body = FILE_BODY, .missing = 422 },
	{ "GET /submissions/{id}/upload", "/submissions/$SUBMISSION/upload", .flags = 0 },
	{ "POST /submissions/{id}/upload", "/submissions/$SUBMISSION/upload", .type = FILE_TYPE, .body = FILE_BODY },
	{ "GET /submissions/{id}/quality", "/submissions/$SUBMISSION/quality?q=diabetes", .flags = 0 },
	{ "GET /submissions/{id}/quality/{measure}", "/submissions/$SUBMISSION/quality/001", .flags = 0 },
	{ "POST /submissions/{id}/quality/{measure}", "/submissions/$SUBMISSION/quality/001", .type = FORM, .body = "r0-met=5&do=save" },
	{ "GET /submissions/{id}/ia", "/submissions/$SUBMISSION/ia", .flags = 0 },
	{ "POST /submissions/{id}/ia", "/submissions/$SUBMISSION/ia", .type = FORM, .body = IA_FORM },
	{ "GET /submissions/{id}/pi", "/submissions/$SUBMISSION/pi", .flags = 0 },
	{ "POST /submissions/{id}/pi", "/submissions/$SUBMISSION/pi", .type = FORM, .body = "start=$YEAR-01-01&do=save" },
	{ "GET /submissions/{id}/review/{topic}", "/submissions/$SUBMISSION/review/ia", .flags = NEEDS_DRAFT },
	{ "POST /submissions/{id}/review/{topic}", "/submissions/$SUBMISSION/review/ia", .flags = NEEDS_DRAFT, .type = FORM, .body = "x=1" },

	/* exceptions */
	{ "GET /exceptions", "/exceptions?year=$YEAR", .flags = ABOUT_CALLER },
	{ "GET /exceptions/new", "/exceptions/new?year=$YEAR", .flags = ABOUT_CALLER },
	{ "POST /exceptions", "/exceptions", .flags = ABOUT_CALLER | ABOUT_CONTENT, .type = FORM, .body = "year=$YEAR&kind=euc" },
	{ "GET /exceptions/{id}", "/exceptions/$APPLICATION", .flags = 0 },
	{ "POST /exceptions/{id}", "/exceptions/$UNFILED", .type = FORM, .body = "do=draft&event=naturalDisaster" },
	{ "GET /exceptions/{id}/review", "/exceptions/$UNFILED/review", .flags = 0 },
	/* Of an APM entity all categories are applied for at once: a second application is a conflict. */
	{ "POST /exceptions/{id}/file", "/exceptions/$UNFILED/file", .flags = DECIDES | ABOUT_CONTENT, .type = FORM, .body = "certified=yes" },
	{ "POST /exceptions/{id}/withdraw", "/exceptions/$APPLICATION/withdraw", .flags = DECIDES, .type = FORM, .body = "x=1" },
	{ "GET /exceptions/{id}/receipt", "/exceptions/$APPLICATION/receipt", .flags = 0 },
	{ "GET /exceptions/{id}/receipt.json", "/exceptions/$APPLICATION/receipt.json", .flags = 0 },
	{ "GET /reviewer/exceptions", "/reviewer/exceptions?year=$YEAR", .flags = ABOUT_CALLER },
	{ "GET /reviewer/exceptions/{id}", "/reviewer/exceptions/$APPLICATION", .flags = 0 },
	{ "POST /reviewer/exceptions/{id}", "/reviewer/exceptions/$APPLICATION", .flags = DECIDES, .type = FORM, .body = "act=deny&reason=x" },

	/* registrations */
	{ "GET /registrations", "/registrations?year=$YEAR", .flags = ABOUT_CALLER },
	{ "GET /registrations/new", "/registrations/new?year=$YEAR", .flags = ABOUT_CALLER },
	{ "POST /registrations/review", "/registrations/review", .flags = ABOUT_CALLER | ABOUT_CONTENT, .type = FORM, .body = "year=$YEAR&pathway=cahps" },
	{ "POST /registrations", "/registrations", .flags = ABOUT_CALLER | ABOUT_CONTENT, .type = FORM, .body = "year=$YEAR&pathway=cahps" },
	{ "GET /registrations/{id}", "/registrations/$REGISTRATION", .flags = 0 },
	{ "GET /registrations/{id}/edit", "/registrations/$REGISTRATION/edit", .flags = 0 },
	{ "GET /registrations/{id}/cancel", "/registrations/$REGISTRATION/cancel", .flags = 0 },
	{ "POST /registrations/{id}/cancel", "/registrations/$REGISTRATION/cancel", .flags = DECIDES, .type = FORM, .body = "x=1" },
	{ "GET /registrations/{id}/receipt", "/registrations/$REGISTRATION/receipt", .flags = 0 },
	{ "GET /registrations/{id}/receipt.json", "/registrations/$REGISTRATION/receipt.json", .flags = 0 },

	/* opting in: of these parties nobody has the choice, and no receipt; tests/exceptions has those who do */
	{ "GET /eligibility/opt-in", "/eligibility/opt-in?year=$YEAR", .flags = ABOUT_CALLER },
	{ "GET /eligibility/opt-in/{org}/{year}/{choice}", "/eligibility/opt-in/$PRACTICE/$YEAR/optIn", .flags = ABOUT_CONTENT },
	{ "POST /eligibility/opt-in/{org}/{year}/{choice}", "/eligibility/opt-in/$PRACTICE/$YEAR/optIn", .flags = ABOUT_CONTENT, .type = FORM,
	  .body = "typed=opt+in" },
	{ "GET /eligibility/opt-in/{org}/{year}/receipt", "/eligibility/opt-in/$PRACTICE/$YEAR/receipt", .always = 404 },
	{ "GET /eligibility/opt-in/{org}/{year}/receipt.json", "/eligibility/opt-in/$PRACTICE/$YEAR/receipt.json", .always = 404 },
	/* performance feedback */
	{ "GET /feedback", "/feedback?year=$YEAR", .flags = ABOUT_CALLER },
	{ "GET /feedback/check", "/feedback/check?py=$YEAR&org=$PRACTICE", .flags = OF_ITS_ORG },
	{ "GET /feedback/check", "/feedback/check?py=$YEAR&org=$PRACTICE&npi=$NPI", .flags = OF_ITS_PEOPLE },
	{ "POST /feedback/check", "/feedback/check", .flags = OF_ITS_ORG, .type = FORM, .body = "py=$YEAR&org=$PRACTICE&theirs-text=final+score%0A50" },
	{ "GET /feedback/{py}/{org}", "/feedback/$YEAR/$PRACTICE", .flags = OF_ITS_ORG },
	{ "GET /feedback/{py}/{org}/changes", "/feedback/$YEAR/$PRACTICE/changes", .flags = OF_ITS_ORG },
	{ "GET /feedback/{py}/{org}/claims", "/feedback/$YEAR/$PRACTICE/claims", .flags = OF_ITS_ORG },
	{ "POST /feedback/{py}/{org}/claims", "/feedback/$YEAR/$PRACTICE/claims", .flags = OF_ITS_ORG, .type = FORM, .body = "paid=100" },
	{ "GET /feedback/{py}/{org}/feedback.csv", "/feedback/$YEAR/$PRACTICE/feedback.csv", .flags = OF_ITS_ORG | NOT_WHILE_VIEWING },
	{ "GET /feedback/{py}/{org}/feedback.pdf", "/feedback/$YEAR/$PRACTICE/feedback.pdf", .flags = OF_ITS_ORG | NOT_WHILE_VIEWING },
	{ "GET /feedback/{py}/{org}/feedback.json", "/feedback/$YEAR/$PRACTICE/feedback.json", .flags = OF_ITS_ORG | NOT_WHILE_VIEWING },
	{ "GET /feedback/{py}/{org}/{npi}", "/feedback/$YEAR/$PRACTICE/$NPI", .flags = OF_ITS_PEOPLE },
	{ "GET /feedback/{py}/{org}/{npi}/changes", "/feedback/$YEAR/$PRACTICE/$NPI/changes", .flags = OF_ITS_PEOPLE },
	{ "GET /feedback/{py}/{org}/{npi}/claims", "/feedback/$YEAR/$PRACTICE/$NPI/claims", .flags = OF_ITS_PEOPLE },
	{ "POST /feedback/{py}/{org}/{npi}/claims", "/feedback/$YEAR/$PRACTICE/$NPI/claims", .flags = OF_ITS_PEOPLE, .type = FORM, .body = "paid=100" },
	{ "GET /feedback/{py}/{org}/{npi}/feedback.csv", "/feedback/$YEAR/$PRACTICE/$NPI/feedback.csv", .flags = OF_ITS_PEOPLE | NOT_WHILE_VIEWING },
	{ "GET /feedback/{py}/{org}/{npi}/feedback.pdf", "/feedback/$YEAR/$PRACTICE/$NPI/feedback.pdf", .flags = OF_ITS_PEOPLE | NOT_WHILE_VIEWING },
	{ "GET /feedback/{py}/{org}/{npi}/feedback.json", "/feedback/$YEAR/$PRACTICE/$NPI/feedback.json", .flags = OF_ITS_PEOPLE | NOT_WHILE_VIEWING },

	/* virtual groups: practices alone are in one. A registry and a clinician have none, nor has a virtual group that stands already */
	{ "GET /virtual-groups", "/virtual-groups", .flags = ABOUT_CALLER },
	/* One's own practice is in a group of the year already; for another's it says that one is not its official. Beginning: tests/vgroup. */
	{ "POST /virtual-groups", "/virtual-groups", .flags = OF_PRACTICES | ABOUT_CONTENT, .missing = 422, .type = FORM, .body = "org=$PRACTICE&year=$YEAR&name=x" },
	{ "GET /virtual-groups/{id}", V, .flags = OF_PRACTICES, .shows = "River Valley" },
	/* The second time the practice is asked already. */
	{ "POST /virtual-groups/{id}/members", V "/members", .flags = OF_PRACTICES | ABOUT_CONTENT, .type = FORM, .body = "tins=000777777" },
	/* It is in: what an answer does is tried in tests/vgroup. */
	{ "POST /virtual-groups/{id}/answers", V "/answers", .flags = OF_PRACTICES | ABOUT_CONTENT, .type = FORM, .body = "act=accept&org=$PRACTICE" },
	{ "GET /virtual-groups/{id}/practices/{org}", V "/practices/$PRACTICE", .flags = OF_PRACTICES | NOT_FOR_AGENCY },
	{ "POST /virtual-groups/{id}/practices/{org}", V "/practices/$PRACTICE", .flags = OF_PRACTICES, .type = FORM, .body = "npis=$NPI" },
	{ "GET /virtual-groups/{id}/representative", V "/representative", .flags = OF_PRACTICES },
	{ "POST /virtual-groups/{id}/representative", V "/representative", .flags = OF_PRACTICES, .type = FORM,
	  .body = "rep-name=Rita&rep-email=rita%40example.org&self=yes" },
	{ "GET /virtual-groups/{id}/agreement", V "/agreement", .flags = OF_PRACTICES },
	{ "GET /virtual-groups/{id}/agreement/print", V "/agreement/print", .flags = OF_PRACTICES },
	{ "GET /virtual-groups/{id}/agreement/agreement.pdf", V "/agreement/agreement.pdf", .flags = OF_PRACTICES },
	{ "POST /virtual-groups/{id}/agreement", V "/agreement", .flags = OF_PRACTICES, .type = FORM, .body = "clause-term=It+holds+for+the+year." },
	/* Of one practice nothing can be signed or filed: both are tried in tests/vgroup. */
	{ "POST /virtual-groups/{id}/signatures", V "/signatures", .flags = OF_PRACTICES | ABOUT_CONTENT, .type = FORM,
	  .body = "org=$PRACTICE&signer=Rita&bind=yes&hash=x" },
	{ "GET /virtual-groups/{id}/filing", V "/filing", .flags = OF_PRACTICES },
	{ "POST /virtual-groups/{id}/filing", V "/filing", .flags = OF_PRACTICES | ABOUT_CONTENT, .type = FORM, .body = "x=1" },
	{ "GET /virtual-groups/{id}/withdrawal", V "/withdrawal", .flags = OF_PRACTICES },
	{ "POST /virtual-groups/{id}/withdrawal", V "/withdrawal", .flags = OF_PRACTICES | DECIDES, .type = FORM, .body = "x=1" },
	{ "POST /virtual-groups/{id}/revision", V "/revision", .flags = OF_PRACTICES | DECIDES, .type = FORM, .body = "do=keep" },
	{ "GET /virtual-groups/{id}/receipts/{number}", V "/receipts/$VGROUP_RECEIPT", .flags = OF_PRACTICES },
	{ "GET /virtual-groups/{id}/receipts/{number}/receipt.json", V "/receipts/$VGROUP_RECEIPT/receipt.json", .flags = OF_PRACTICES },
	{ "GET /virtual-groups/{id}/receipts/{number}/filed.json", V "/receipts/$VGROUP_RECEIPT/filed.json", .flags = OF_PRACTICES },
	{ "GET /virtual-groups/{id}/forecast", V "/forecast", .flags = OF_PRACTICES | REFUSED_TO_AGENCY },
	{ "POST /virtual-groups/{id}/forecast", V "/forecast", .flags = OF_PRACTICES, .type = FORM, .body = "org=$PRACTICE&score=50&dollars=100&shows=yes" },
	/* While it is being changed nothing stands filed, and there are no data: tests/vgroup has a group with them. */
	{ "GET /virtual-groups/{id}/data", V "/data", .flags = OF_PRACTICES | ABOUT_CONTENT },
	{ "GET /virtual-groups/{id}/data/submission.json", V "/data/submission.json", .flags = OF_PRACTICES | ABOUT_CONTENT },
	{ "GET /reviewer/election-letters", "/reviewer/election-letters", .flags = ABOUT_CALLER },
	{ "GET /reviewer/virtual-groups", "/reviewer/virtual-groups?year=$YEAR", .flags = ABOUT_CALLER },
	{ "GET /reviewer/virtual-groups/{id}", "/reviewer/virtual-groups/$VGROUP", .shows = "River Valley" },
	/* Not as it was seen, and being changed: decisions are tried in tests/vgroup. */
	{ "POST /reviewer/virtual-groups/{id}", "/reviewer/virtual-groups/$VGROUP", .flags = ABOUT_CONTENT, .type = FORM, .body = "verdict=deny&reasons=x&version=0" },

	/* /api/auth */
	{ "POST /api/auth/authn", "/api/auth/authn", .flags = ABOUT_CALLER | ABOUT_CONTENT, .type = JSON, .body = "[]" },
	{ "POST /api/auth/authn/request-mfa", "/api/auth/authn/request-mfa", .flags = ABOUT_CALLER | ABOUT_CONTENT | NEEDS_BEGUN, .type = JSON, .body = "[]" },
	{ "POST /api/auth/authn/enroll", "/api/auth/authn/enroll", .flags = ABOUT_CALLER | NEEDS_BEGUN, .always = 401, .type = JSON, .body = "{}" },
	{ "POST /api/auth/authn/verify", "/api/auth/authn/verify", .flags = ABOUT_CALLER | ABOUT_CONTENT | NEEDS_BEGUN, .type = JSON, .body = "[]" },
	{ "GET /api/auth/sessions/ttl", "/api/auth/sessions/ttl", .flags = ABOUT_CALLER },
	{ "POST /api/auth/sessions/refresh", "/api/auth/sessions/refresh", .flags = ABOUT_CALLER | WHILE_VIEWING, .type = JSON, .body = "{}" },
	{ "DELETE /api/auth/sessions", "/api/auth/sessions", .flags = ABOUT_CALLER | ENDS_SESSION | WHILE_VIEWING },
	{ "GET /api/auth/authz", "/api/auth/authz", .flags = ABOUT_CALLER },
	{ "POST /api/auth/helpdesk/view", "/api/auth/helpdesk/view", .flags = ABOUT_CALLER | ENDS_SESSION, .type = JSON,
	  .body = "{\"type\":\"tin\",\"id\":\"000777777\",\"reason\":\"a call\"}" },
	{ "DELETE /api/auth/helpdesk/view", "/api/auth/helpdesk/view", .flags = ABOUT_CALLER | ENDS_SESSION | WHILE_VIEWING },

	/* /api/submissions */
	{ "GET /api/submissions/submissions", S "submissions?performanceYear=$YEAR&itemsPerPage=1000", .flags = ABOUT_CALLER, .shows = "$SUBMISSION" },
	{ "GET /api/submissions/submissions", S "submissions?performanceYear=$YEAR&entityId=$NUMBER", .missing = 200, .headers = "qpp-taxpayer-identification-number: $TIN\r\n" },
	/* As at the agency: filing a set finds or makes the submission. */
	{ "POST /api/submissions/submissions", S "submissions", .flags = ABOUT_CALLER, .always = 401, .type = JSON, .body = "{}" },
	{ "GET /api/submissions/submissions/{id}", S "submissions/$SUBMISSION", .shows = "$SUBMISSION" },
	{ "GET /api/submissions/submissions/{id}/score", S "submissions/$SUBMISSION/score", .flags = 0 },
	{ "POST /api/submissions/submissions/score-preview", S "submissions/score-preview", .flags = ABOUT_CALLER, .type = JSON, .body = WHOLE },
	{ "GET /api/submissions/measurement-sets", S "measurement-sets?submissionId=$SUBMISSION", .shows = "$SET" },
	{ "GET /api/submissions/measurement-sets", S "measurement-sets?performanceYear=$YEAR&itemsPerPage=1000", .flags = ABOUT_CALLER, .shows = "$SET" },
	{ "POST /api/submissions/measurement-sets", S "measurement-sets", .flags = ANY_REFUSAL | NEEDS_ROOM, .type = JSON, .body = SET_BODY },
	{ "POST /api/submissions/measurement-sets", S "measurement-sets", .flags = NEEDS_ROOM, .type = JSON, .body = "{\"submissionId\":\"$SUBMISSION\"," SET_MEMBERS "}" },
	{ "GET /api/submissions/measurement-sets/{id}", S "measurement-sets/$SET", .shows = "$SUBMISSION" },
	{ "PUT /api/submissions/measurement-sets/{id}", S "measurement-sets/$SET", .type = JSON, .body = SET_BODY },
	{ "PATCH /api/submissions/measurement-sets/{id}", S "measurement-sets/$SET", .type = JSON, .body = "{\"measurements\":[" ACTIVITY("IA_EPA_2") "]}" },
	{ "DELETE /api/submissions/measurement-sets/{id}", S "measurement-sets/$SET", .flags = TAKES_AWAY },
	{ "GET /api/submissions/measurements", S "measurements?measurementSetId=$SET", .shows = "IA_EPA_2" },
	{ "POST /api/submissions/measurements", S "measurements", .flags = TAKES_AWAY, .type = JSON,
	  .body = "{\"measurementSetId\":\"$SET\",\"measureId\":\"IA_BMH_2\",\"value\":true}" },
	{ "GET /api/submissions/measurements/{id}", S "measurements/$MEASUREMENT", .shows = "IA_EPA_2" },
	{ "PUT /api/submissions/measurements/{id}", S "measurements/$MEASUREMENT", .type = JSON, .body = ACTIVITY("IA_EPA_2") },
	{ "PATCH /api/submissions/measurements/{id}", S "measurements/$MEASUREMENT", .type = JSON, .body = ACTIVITY("IA_EPA_2") },
	{ "DELETE /api/submissions/measurements/{id}", S "measurements/$MEASUREMENT", .flags = TAKES_AWAY },
	{ "POST /api/submissions/public/validate-submission", S "public/validate-submission", .flags = ABOUT_CALLER, .type = JSON, .body = WHOLE },
	{ "GET /api/submissions/public/benchmarks", S "public/benchmarks?performanceYear=$YEAR", .flags = ABOUT_CALLER },
	{ "GET /api/submissions/health", S "health", .flags = ABOUT_CALLER },

	/* /api/eligibility */
	{ "GET /api/eligibility/npi/{npi}", "/api/eligibility/npi/$NPI?year=$YEAR", .flags = ABOUT_CALLER },
	{ "GET /api/eligibility/npis/{npis}", "/api/eligibility/npis/$NPI?year=$YEAR", .flags = ABOUT_CALLER },
	{ "GET /api/eligibility/stats", "/api/eligibility/stats?year=$YEAR", .flags = ABOUT_CALLER },
	{ "GET /api/eligibility/version", "/api/eligibility/version", .flags = ABOUT_CALLER },
};
const size_t named_pages_n = sizeof named_pages / sizeof *named_pages;

static const char *year_text(int year)
{
	return year == THIS_YEAR ? "2023" : "2022";
}

/* The members that say whose data they are. */
static const char *who(struct qpp_arena *a, const struct party *p, int year)
{
	const char *head = qpp_str_cat(a, "\"performanceYear\":", year_text(year), ",\"entityType\":\"", (char *)NULL).p;
	switch (p->kind) {
	case OF_CLINICIAN:
		return qpp_str_cat(a, head, "individual\",\"taxpayerIdentificationNumber\":\"", p->tin, "\",\"nationalProviderIdentifier\":\"", p->npi,
		                   "\"", (char *)NULL).p;
	case OF_GROUP:
		return qpp_str_cat(a, head, "virtualGroup\",\"entityId\":\"", p->number, "\"", (char *)NULL).p;
	case OF_ENTITY:
		return qpp_str_cat(a, head, "apm\",\"entityId\":\"", p->number, "\"", (char *)NULL).p;
	default:
		return qpp_str_cat(a, head, "group\",\"taxpayerIdentificationNumber\":\"", p->tin, "\"", (char *)NULL).p;
	}
}

const char *named_text(struct qpp_arena *a, const char *text, const struct party *p, int year)
{
	const struct {
		const char *word, *is;
	} words[] = {
		{ "$REVIEW", p->filed[year].review },
		{ "$SUBMISSION", p->filed[year].submission }, { "$VGROUP_RECEIPT", p->filed[year].vgroup_receipt }, { "$VGROUP", p->filed[year].vgroup },
		{ "$APPLICATION", p->filed[year].application }, { "$UNFILED", p->filed[year].unfiled }, { "$REGISTRATION", p->filed[year].registration }, { "$SET", p->filed[year].set }, { "$RECEIPT", p->filed[year].receipt },
		{ "$MEASUREMENT", qpp_str_cat(a, p->filed[year].set, ".IA_EPA_2", (char *)NULL).p }, { "$ORG", p->governed },
		{ "$PRACTICE", p->practice }, { "$ROLE", p->role }, { "$OPEN_ROLE", p->open_role }, { "$TOKEN", p->token },
		{ "$REGISTRY", p->registry }, { "$ACCOUNT", p->account }, { "$TIN", p->tin }, { "$NPI", p->npi }, { "$NUMBER", p->number },
		{ "$YEAR", year_text(year) }, { "$WHO", who(a, p, year) },
	};
	struct qpp_buf b;
	qpp_buf_init(&b, a, 1 << 16);
	while (text && *text) {
		size_t i = 0, n = sizeof words / sizeof *words;
		while (i < n && strncmp(text, words[i].word, strlen(words[i].word)) != 0)
			i++;
		if (i == n) {
			qpp_buf_char(&b, *text++);
			continue;
		}
		qpp_buf_cat(&b, words[i].is, (char *)NULL);
		text += strlen(words[i].word);
	}
	return qpp_buf_done(&b).p;
}
