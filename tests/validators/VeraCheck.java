import java.io.File;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.verapdf.pdfa.validation.validators.ValidatorFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Validates PDF files with the veraPDF engine: {@code VeraCheck PDFUA-1 a.pdf b.pdf}.
 *
 * <p>Prints one line of JSON for each file. The profile is one of those in the engine's jar; it is
 * read here by DOM, because the jar comes without the binding that the engine reads it with.
 */
final class VeraCheck {
    private static final String PROFILES = "org/verapdf/pdfa/validation/";
    private static final int PLACES = 3;

    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        ValidationProfile profile = profile(arguments[0]);
        for (int i = 1; i < arguments.length; i++) {
            System.out.println(validate(arguments[i], profile));
        }
    }

    private static String validate(String path, ValidationProfile profile) throws Exception {
        PDFAFlavour flavour = profile.getPDFAFlavour();
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(path), flavour);
                PDFAValidator validator = ValidatorFactory.createValidator(profile, true)) {
            return json(path, validator.validate(parser));
        }
    }

    private static String json(String path, ValidationResult result) {
        Map<String, List<TestAssertion>> failures = new TreeMap<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                RuleId rule = assertion.getRuleId();
                String name = rule.getClause() + "-" + rule.getTestNumber();
                failures.computeIfAbsent(name, key -> new ArrayList<>()).add(assertion);
            }
        }
        String rules = failures.entrySet().stream()
            .map(entry -> failure(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(","));
        return "{\"file\":" + quote(path)
            + ",\"checks\":" + result.getTotalAssertions()
            + ",\"failures\":[" + rules + "]}";
    }

    private static String failure(String rule, List<TestAssertion> assertions) {
        String places = assertions.stream()
            .limit(PLACES)
            .map(assertion -> quote(assertion.getLocation().getContext()))
            .collect(Collectors.joining(","));
        return "{\"rule\":" + quote(rule)
            + ",\"count\":" + assertions.size()
            + ",\"message\":" + quote(assertions.get(0).getMessage())
            + ",\"places\":[" + places + "]}";
    }

    private static ValidationProfile profile(String name) throws Exception {
        String resource = PROFILES + name + ".xml";
        try (InputStream in = Profiles.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException(resource);
            }
            Element root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder().parse(in).getDocumentElement();
            return Profiles.profileFromValues(
                PDFAFlavour.valueOf(root.getAttribute("flavour")),
                Profiles.profileDetailsFromValues(name, "", name, new Date(0)),
                "", rules(root), variables(root));
        }
    }

    private static Set<Rule> rules(Element root) {
        Set<Rule> rules = new HashSet<>();
        for (Element element : grandchildren(root, "rules", "rule")) {
            Element id = children(element, "id").get(0);
            Element error = children(element, "error").get(0);
            List<ErrorArgument> arguments = new ArrayList<>();
            for (Element argument : grandchildren(error, "arguments", "argument")) {
                arguments.add(ErrorArgumentImpl.fromValues(
                    argument.getTextContent(), attribute(argument, "name"), null));
            }
            String deferred = attribute(element, "deferred");
            rules.add(Profiles.ruleFromValues(
                Profiles.ruleIdFromValues(
                    PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                    id.getAttribute("clause"),
                    Integer.parseInt(id.getAttribute("testNumber"))),
                element.getAttribute("object"),
                deferred == null ? null : Boolean.valueOf(deferred),
                element.getAttribute("tags"),
                text(element, "description"), text(element, "test"),
                Profiles.errorFromValues(text(error, "message"), arguments),
                new ArrayList<>()));
        }
        return rules;
    }

    private static Set<Variable> variables(Element root) {
        Set<Variable> variables = new HashSet<>();
        for (Element element : grandchildren(root, "variables", "variable")) {
            variables.add(Profiles.variableFromValues(
                element.getAttribute("name"), element.getAttribute("object"),
                text(element, "defaultValue"), text(element, "value")));
        }
        return variables;
    }

    private static List<Element> grandchildren(Element parent, String outer, String inner) {
        return children(parent, outer).stream()
            .flatMap(element -> children(element, inner).stream())
            .collect(Collectors.toList());
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element && node.getNodeName().equals(name)) {
                found.add((Element) node);
            }
        }
        return found;
    }

    private static String text(Element parent, String name) {
        List<Element> found = children(parent, name);
        return found.isEmpty() ? "" : found.get(0).getTextContent();
    }

    private static String attribute(Element element, String name) {
        return element.hasAttribute(name) ? element.getAttribute(name) : null;
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : String.valueOf(text).toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    private VeraCheck() {}
}
