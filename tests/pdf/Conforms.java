/* Validates PDF files against PDF/UA-1 and PDF/A-2b by veraPDF's classes, whose command line is not in
 * the package that we take them from. Reads names of files from standard input, a line each. Prints
 * each rule that a file fails, with the first place, and ends with the counts as the other tests do. */
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;

class Conforms {
    private static final int SHOWN = 100; /* failures kept of one rule in one file */

    /* The rules that the file fails, as lines to print. */
    private static Map<String, Integer> failures(String file, PDFAFlavour flavour) throws Exception {
        Map<String, Integer> found = new TreeMap<>();
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), flavour);
             PDFAValidator judge =
                 Foundries.defaultInstance().createValidator(flavour, SHOWN, false, true, false)) {
            ValidationResult result = judge.validate(parser);
            Map<RuleId, String> first = new java.util.HashMap<>();
            for (TestAssertion a : result.getTestAssertions())
                first.putIfAbsent(a.getRuleId(),
                    a.getMessage() + " at " + a.getLocation().getContext());
            for (Map.Entry<RuleId, Integer> e : result.getFailedChecks().entrySet()) {
                RuleId rule = e.getKey();
                found.put(flavour.getId() + " " + rule.getClause() + "-" + rule.getTestNumber() +
                          " " + first.get(rule), e.getValue());
            }
            if (!result.isCompliant() && found.isEmpty())
                found.put(flavour.getId() + " not judged: " + result.getJobEndStatus(), 1);
            if (result.getTotalAssertions() == 0)
                found.put(flavour.getId() + " nothing was judged", 1);
        }
        return found;
    }

    public static void main(String[] none) throws Exception {
        int passed = 0, failed = 0;
        Logger.getLogger("").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        BufferedReader names = new BufferedReader(new InputStreamReader(System.in));
        for (String file; (file = names.readLine()) != null;) {
            for (PDFAFlavour flavour : List.of(PDFAFlavour.PDFUA_1, PDFAFlavour.PDFA_2_B)) {
                Map<String, Integer> found;
                try {
                    found = failures(file, flavour);
                } catch (Exception e) {
                    found = Map.of(flavour.getId() + " " + e, 1);
                }
                for (Map.Entry<String, Integer> e : found.entrySet())
                    System.out.printf("FAIL %s: %s (%d)%n", file, e.getKey(), e.getValue());
                if (found.isEmpty())
                    passed++;
                else
                    failed++;
            }
        }
        System.out.printf("%d passed, %d failed%n", passed, failed);
    }
}
