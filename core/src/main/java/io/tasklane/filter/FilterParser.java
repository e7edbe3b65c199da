package io.tasklane.filter;

import io.tasklane.filter.FilterLexer.Kind;
import io.tasklane.filter.FilterLexer.Token;
import java.util.ArrayList;
import java.util.List;

/** Parses the grammar that {@link Filter} shows, by recursive descent. */
final class FilterParser {
  private final FilterLexer lexer;
  private Token token;

  FilterParser(String text) {
    lexer = new FilterLexer(text);
    token = lexer.next();
  }

  Filter parse() {
    List<List<Comparison>> allOf = new ArrayList<>();
    if (token.kind() == Kind.END) {
      return new Filter(allOf);
    }
    allOf.add(alternative());
    while (token.is("AND")) {
      take();
      allOf.add(alternative());
    }
    if (token.kind() != Kind.END) {
      throw expected("AND, OR or the end");
    }
    return new Filter(allOf);
  }

  private List<Comparison> alternative() {
    boolean inParentheses = token.is("(");
    if (inParentheses) {
      take();
    }
    List<Comparison> anyOf = new ArrayList<>(List.of(comparison()));
    while (token.is("OR")) {
      take();
      anyOf.add(comparison());
    }
    if (inParentheses) {
      if (!token.is(")")) {
        throw expected("OR or )");
      }
      take();
    }
    return anyOf;
  }

  private Comparison comparison() {
    if (token.kind() != Kind.WORD || isKeyword()) {
      throw expected("the name of a field");
    }
    Token field = take();
    Operator operator = operator();
    if (token.kind() != Kind.TEXT && (token.kind() != Kind.WORD || isKeyword())) {
      throw expected("a value, in double quotes where it is no single word");
    }
    return new Comparison(field.text(), operator, take().text(), field.position());
  }

  private Operator operator() {
    for (Operator operator : Operator.values()) {
      if (token.is(operator.symbol())) {
        take();
        return operator;
      }
    }
    throw expected("=, !=, :, <, <=, > or >=");
  }

  private boolean isKeyword() {
    return token.is("AND") || token.is("OR") || token.is("NOT");
  }

  private Token take() {
    Token taken = token;
    token = lexer.next();
    return taken;
  }

  private FilterException expected(String what) {
    return new FilterException(
        token.position(), token.shown() + " is not allowed here: " + what + " is");
  }
}
