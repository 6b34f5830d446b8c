package io.byteport.engine.eval;

import java.io.Serializable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.mvel2.MVEL;
import org.mvel2.ParserConfiguration;
import org.mvel2.ParserContext;
import org.mvel2.integration.VariableResolver;
import org.mvel2.integration.impl.BaseVariableResolverFactory;
import org.mvel2.integration.impl.SimpleValueResolver;
import org.mvel2.optimizers.OptimizerFactory;

/**
 * The only door to MVEL, and the second wall in front of it: it trusts nobody to have checked the
 * text. What passes is one operator over variables called {@code v0}, {@code v1}, ... and decimal
 * numbers, each in parentheses of its own:
 *
 * <pre>
 * term   := '(' operand ' ' op ' ' operand ')'
 * op     := '+' | '-' | '*' | '/' | '==' | '!=' | '&lt;' | '&lt;=' | '&gt;' | '&gt;=' | 'contains'
 * operand := term | 'v' whole | whole '.' digits
 * whole  := '0' | digits without a leading zero
 * </pre>
 *
 * <p>There are no names, texts, calls, indexes, assignments or separators in that, so nothing that
 * MVEL could do beyond arithmetic can be written. Behind it stand a class loader that finds
 * nothing, a configuration without imports, interpretation by reflection instead of generated
 * classes, and variables that can be neither added nor changed. Each text is compiled once. Safe
 * for use by several threads.
 */
final class MvelGate {
  private static final int MAX_LENGTH = 20_000;
  private static final int MAX_DEPTH = 120;
  private static final Logger MVEL_LOGGER = Logger.getLogger("org.mvel2");

  private final ConcurrentHashMap<String, Compiled> compiled = new ConcurrentHashMap<>();
  private final ParserConfiguration configuration;

  /** A text that is not canonical; a bug of the caller, or an attack. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused(String text, int at) {
      super("not a canonical expression, at character " + at + " of " + text.length());
    }
  }

  MvelGate() {
    MVEL_LOGGER.setLevel(Level.OFF);
    OptimizerFactory.setDefaultOptimizer(OptimizerFactory.SAFE_REFLECTIVE);
    configuration = new ParserConfiguration();
    configuration.setClassLoader(new NoClasses());
  }

  /**
   * Evaluates a canonical text.
   *
   * @param variables the values of {@code v0}, {@code v1}, ...: doubles, texts, booleans and lists
   *     of these
   * @return a double or a boolean
   * @throws Refused if the text is anything but canonical
   * @throws IllegalArgumentException if a variable is of another class, or missing
   */
  Object evaluate(String text, Object... variables) {
    Compiled expression = compiled.get(text);
    if (expression == null) {
      int names = new Recogniser(text).accept();
      expression =
          new Compiled(MVEL.compileExpression(text, new ParserContext(configuration)), names);
      compiled.put(text, expression);
    }
    if (expression.names() > variables.length) {
      throw new IllegalArgumentException("a variable is missing");
    }
    for (Object variable : variables) {
      requirePlain(variable);
    }
    Object result = MVEL.executeExpression(expression.code(), new Variables(variables));
    if (!(result instanceof Double) && !(result instanceof Boolean)) {
      throw new IllegalArgumentException("neither a number nor a boolean comes of " + text);
    }
    return result;
  }

  /**
   * @param names how many variables it needs
   */
  private record Compiled(Serializable code, int names) {}

  private static void requirePlain(Object variable) {
    if (variable instanceof java.util.List<?> list) {
      list.forEach(MvelGate::requirePlain);
    } else if (!(variable instanceof Double
        || variable instanceof String
        || variable instanceof Boolean)) {
      throw new IllegalArgumentException("not a plain value: " + variable.getClass());
    }
  }

  /**
   * Reads a text as the grammar above, character by character, knowing nothing of how it was made.
   */
  private static final class Recogniser {
    private final String text;
    private int at;
    private int names;

    Recogniser(String text) {
      this.text = text;
    }

    /** How many variables the text needs, if it is canonical. */
    int accept() {
      if (text.length() > MAX_LENGTH) {
        throw new Refused(text, MAX_LENGTH);
      }
      term(0);
      if (at != text.length()) {
        throw new Refused(text, at);
      }
      return names;
    }

    private void term(int depth) {
      if (depth > MAX_DEPTH) {
        throw new Refused(text, at);
      }
      take('(');
      operand(depth);
      take(' ');
      operator();
      take(' ');
      operand(depth);
      take(')');
    }

    private void operand(int depth) {
      char c = peek();
      if (c == '(') {
        term(depth + 1);
      } else if (c == 'v') {
        at++;
        names = Math.max(names, Integer.parseInt(whole(4)) + 1);
      } else {
        whole(15);
        take('.');
        digits(15);
      }
    }

    private void operator() {
      int start = at;
      while (peek() != ' ') {
        at++;
      }
      switch (text.substring(start, at)) {
        case "+", "-", "*", "/", "==", "!=", "<", "<=", ">", ">=", "contains" -> {}
        default -> throw new Refused(text, start);
      }
    }

    /** Digits without a leading zero, which MVEL reads as octal. */
    private String whole(int most) {
      String digits = digits(most);
      if (digits.length() > 1 && digits.startsWith("0")) {
        throw new Refused(text, at);
      }
      return digits;
    }

    private String digits(int most) {
      int start = at;
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        at++;
      }
      if (at == start || at - start > most) {
        throw new Refused(text, start);
      }
      return text.substring(start, at);
    }

    private void take(char expected) {
      if (peek() != expected) {
        throw new Refused(text, at);
      }
      at++;
    }

    private char peek() {
      if (at >= text.length()) {
        throw new Refused(text, at);
      }
      return text.charAt(at);
    }
  }

  /** Finds no class and no resource. */
  private static final class NoClasses extends ClassLoader {
    NoClasses() {
      super(null);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      throw new ClassNotFoundException(name);
    }
  }

  /** The variables of one evaluation, which cannot be changed. */
  private static final class Variables extends BaseVariableResolverFactory {
    private static final long serialVersionUID = 1;
    private final transient Object[] values;

    Variables(Object[] values) {
      this.values = values;
    }

    @Override
    public VariableResolver createVariable(String name, @Nullable Object value) {
      throw new IllegalStateException("a variable cannot be made: " + name);
    }

    @Override
    public VariableResolver createVariable(
        String name, @Nullable Object value, @Nullable Class<?> type) {
      throw new IllegalStateException("a variable cannot be made: " + name);
    }

    @Override
    public boolean isTarget(String name) {
      return index(name) >= 0;
    }

    @Override
    public boolean isResolveable(String name) {
      return index(name) >= 0;
    }

    @Override
    public VariableResolver getVariableResolver(String name) {
      int index = index(name);
      if (index < 0) {
        throw new IllegalArgumentException("there is no variable " + name);
      }
      return new SimpleValueResolver(values[index]);
    }

    private int index(String name) {
      for (int i = 0; i < values.length; i++) {
        if (name.equals("v" + i)) {
          return i;
        }
      }
      return -1;
    }
  }
}
