/* processes.csv of the book "security": four processes as the head has written them down. Their
 * explanations stand beside them in input/security/notes/process-*.md. */
#include "book.h"

static const struct {
    const char *process, *step, *name, *role, *input, *output, *next;
} steps[] = {
    {"sales", "contact", "Talk to the office in charge", "sales", "list of customers",
     "visit record", "need"},
    {"sales", "need", "Write down the need", "sales", "visit record", "note of the need", "worth"},
    {"sales", "worth", "Is it worth an effort?", "regional manager", "note of the need",
     "yes or no", "trial: yes; end: no"},
    {"sales", "trial", "Install a trial", "operations", "order for a trial", "test report",
     "offer"},
    {"sales", "offer", "Write the offer", "sales", "test report", "offer", "price"},
    {"sales", "price", "Approve the price", "head", "offer", "approval form",
     "tender: approved; offer: too low"},
    {"sales", "tender", "Hand in the tender", "sales", "approval form", "award letter",
     "contract: won; debrief: lost"},
    {"sales", "contract", "Sign the contract", "regional manager", "award letter", "contract",
     "debrief"},
    {"sales", "debrief", "Talk over what was learned", "regional manager", "award letter",
     "notes on the deal", "end"},

    {"customer information", "collect", "Note what was learned", "sales", "visit",
     "draft of the file", "check"},
    {"customer information", "check", "Is the file complete?", "regional manager",
     "draft of the file", "remarks", "enter: complete; collect: gaps"},
    {"customer information", "enter", "Enter it into the list", "operations", "complete file",
     "line in customers.csv", "tier"},
    {"customer information", "tier", "Set the tier", "regional manager", "line in customers.csv",
     "tier A to D", "end"},

    {"staff assessment", "figures", "Take the month's figures", "operations", "order lines, visits",
     "scorecard", "talk"},
    {"staff assessment", "talk", "Talk with the person", "regional manager", "scorecard",
     "signed scorecard", "agree"},
    {"staff assessment", "agree", "Does the person agree?", "sales", "signed scorecard",
     "signature or objection", "bonus: yes; review: objects"},
    {"staff assessment", "review", "Look at the objection", "head", "objection", "decision",
     "bonus"},
    {"staff assessment", "bonus", "Release the bonus", "head", "scorecards", "statement of pay",
     "end"},

    {"receivables", "invoice", "Write the invoice", "operations", "contract, acceptance", "invoice",
     "due"},
    {"receivables", "due", "Has it been paid when due?", "operations", "invoice, bank statement",
     "list of what is due", "end: paid; remind: not paid"},
    {"receivables", "remind", "Ask for a date", "sales", "list of what is due", "promise", "kept"},
    {"receivables", "kept", "Was the promise kept?", "operations", "promise, bank statement",
     "yes or no", "end: kept; visit: broken"},
    {"receivables", "visit", "Visit with the manager", "regional manager", "broken promise",
     "plan of payment", "stop"},
    {"receivables", "stop", "Stop deliveries?", "head", "plan of payment", "decision",
     "kept: no; end: yes"},
};

void write_processes(const struct book *book)
{
    struct csv csv = csv_open(book->dir, "processes", "process,step,name,role,input,output,next");
    for (int i = 0; i < COUNT(steps); i++) {
        csv_text(&csv, steps[i].process);
        csv_text(&csv, steps[i].step);
        csv_text(&csv, steps[i].name);
        csv_text(&csv, steps[i].role);
        csv_text(&csv, steps[i].input);
        csv_text(&csv, steps[i].output);
        csv_text(&csv, steps[i].next);
        csv_end(&csv);
    }
    csv_close(&csv);
}
