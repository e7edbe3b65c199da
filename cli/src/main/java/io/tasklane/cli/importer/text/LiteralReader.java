package io.tasklane.cli.importer.text;

import io.tasklane.cli.importer.text.Literal.Call;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a literal of Python, of which JSON is one too: dictionaries, lists, tuples, texts, numbers
 * with arithmetic such as {@code 60 * 5}, and calls. Nothing is run.
 */
public final class LiteralReader {
  private static final int DEEPEST = 100;

  private final LiteralTokens tokens;
  private int depth;

  private LiteralReader(LiteralTokens tokens) {
    this.tokens = tokens;
  }

  /**
   * The value of a text; {@code name = value} counts as the value.
   *
   * @throws Malformed with the line
   */
  public static Literal read(String text) throws Malformed {
    LiteralTokens tokens = new LiteralTokens(text);
    tokens.skipAssignment();
    LiteralReader reader = new LiteralReader(tokens);
    Literal value = reader.sum();
    if (!tokens.isAtEnd()) {
      throw tokens.unexpected();
    }
    return value;
  }

  private Literal sum() throws Malformed {
    Literal left = product();
    while (tokens.isNext('+') || tokens.isNext('-')) {
      char sign = tokens.take();
      left = calculated(left, sign, product());
    }
    return left;
  }

  private Literal product() throws Malformed {
    Literal left = value();
    while (tokens.isNext('*') || tokens.isNext('/')) {
      char sign = tokens.take();
      left = calculated(left, sign, value());
    }
    return left;
  }

  private static Literal calculated(Literal left, char sign, Literal right) throws Malformed {
    if (left.number().isEmpty() || right.number().isEmpty()) {
      throw new Malformed(left.line(), "only numbers are calculated: write the value itself");
    }
    BigDecimal a = left.number().get();
    BigDecimal b = right.number().get();
    if (sign == '/' && b.signum() == 0) {
      throw new Malformed(left.line(), "here is a division by zero");
    }
    return new Literal(
        left.line(),
        switch (sign) {
          case '+' -> a.add(b);
          case '-' -> a.subtract(b);
          case '*' -> a.multiply(b);
          default -> a.divide(b, MathContext.DECIMAL64);
        });
  }

  private Literal value() throws Malformed {
    if (++depth > DEEPEST) {
      throw new Malformed(tokens.line(), "it is nested too deep");
    }
    int line = tokens.line();
    Literal value;
    if (tokens.isNext('{')) {
      value = new Literal(line, dictionary());
    } else if (tokens.isNext('[')) {
      value = new Literal(line, list('[', ']'));
    } else if (tokens.isNext('(')) {
      value = tuple(line);
    } else if (tokens.isNext('-')) {
      tokens.take();
      value = calculated(new Literal(line, BigDecimal.ZERO), '-', value());
    } else if (tokens.isText()) {
      value = new Literal(line, tokens.text());
    } else if (tokens.isNumber()) {
      value = new Literal(line, tokens.number());
    } else {
      value = word(line);
    }
    depth--;
    return value;
  }

  private Map<String, Literal> dictionary() throws Malformed {
    Map<String, Literal> members = new LinkedHashMap<>();
    tokens.expect('{');
    while (!tokens.isNext('}')) {
      int line = tokens.line();
      Literal key = sum();
      tokens.expect(':');
      String name =
          key.text()
              .or(() -> key.number().map(BigDecimal::toPlainString))
              .orElseThrow(() -> new Malformed(line, "a key has to be a text"));
      if (members.put(name, sum()) != null) {
        throw new Malformed(line, "the key \"" + name + "\" stands twice");
      }
      if (!tokens.isNext('}')) {
        tokens.expect(',');
      }
    }
    tokens.expect('}');
    return members;
  }

  private List<Literal> list(char open, char close) throws Malformed {
    List<Literal> elements = new ArrayList<>();
    tokens.expect(open);
    while (!tokens.isNext(close)) {
      elements.add(sum());
      if (!tokens.isNext(close)) {
        tokens.expect(',');
      }
    }
    tokens.expect(close);
    return elements;
  }

  /** One value in brackets, without a comma, is that value. */
  private Literal tuple(int line) throws Malformed {
    tokens.expect('(');
    List<Literal> elements = new ArrayList<>();
    boolean comma = false;
    while (!tokens.isNext(')')) {
      elements.add(sum());
      if (!tokens.isNext(')')) {
        tokens.expect(',');
        comma = true;
      }
    }
    tokens.expect(')');
    return elements.size() == 1 && !comma ? elements.get(0) : new Literal(line, elements);
  }

  private Literal word(int line) throws Malformed {
    String name = tokens.name();
    switch (name) {
      case "True", "true":
        return new Literal(line, true);
      case "False", "false":
        return new Literal(line, false);
      case "None", "null":
        return new Literal(line, null);
      default:
        break;
    }
    String last = name.substring(name.lastIndexOf('.') + 1);
    List<Literal> arguments = new ArrayList<>();
    Map<String, Literal> named = new LinkedHashMap<>();
    if (!tokens.isNext('(')) {
      return new Literal(line, new Call(name, arguments, named));
    }
    tokens.expect('(');
    while (!tokens.isNext(')')) {
      if (tokens.isKeyword()) {
        String keyword = tokens.name();
        tokens.expect('=');
        named.put(keyword, sum());
      } else {
        arguments.add(sum());
      }
      if (!tokens.isNext(')')) {
        tokens.expect(',');
      }
    }
    tokens.expect(')');
    return new Literal(line, new Call(last, arguments, named));
  }
}
