package io.tasklane.trading.news;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How good or bad a text sounds, from -1 to 1, by rules after VADER (Hutto and Gilbert, 2014) over
 * our own list of finance words: negation turns, boosters strengthen or weaken, capitals and
 * exclamation marks strengthen, and what follows a "but" outweighs what precedes it.
 */
public final class Sentiment {
  private static final Map<String, Double> WORDS = WordWeights.load("sentiment-words.txt");
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z]+(?:'[A-Za-z]+)?");

  private static final Set<String> NEGATIONS =
      Set.of("no", "not", "never", "none", "without", "cannot", "hardly", "neither", "nor");
  private static final Set<String> STRENGTHENING =
      Set.of(
          "very",
          "sharply",
          "strongly",
          "massively",
          "hugely",
          "significantly",
          "extremely",
          "deeply",
          "heavily",
          "dramatically",
          "substantially",
          "most");
  private static final Set<String> WEAKENING =
      Set.of("slightly", "somewhat", "marginally", "modestly", "partly", "barely", "mildly");

  // VADER's constants.
  private static final double BOOST = 0.293;
  private static final double TURN = -0.74;
  private static final double CAPITALS = 0.733;
  private static final double EXCLAMATION = 0.292;
  private static final int MOST_EXCLAMATIONS = 4;
  private static final double BEFORE_BUT = 0.5;
  private static final double AFTER_BUT = 1.5;
  private static final double NORMAL = 15;
  private static final int LOOK_BACK = 3;
  private static final double[] FADE = {1.0, 0.95, 0.9};

  private Sentiment() {}

  /** -1 is as bad, 1 as good as it gets; 0 for a text without a known word. */
  public static double of(String text) {
    List<String> tokens = tokens(text);
    boolean shouting = tokens.stream().allMatch(Sentiment::isCapitals);
    int but = lowered(tokens).lastIndexOf("but");
    double sum = 0;
    for (int i = 0; i < tokens.size(); i++) {
      double value = valence(tokens, i, shouting);
      sum += but < 0 ? value : value * (i < but ? BEFORE_BUT : AFTER_BUT);
    }
    if (sum == 0) {
      return 0;
    }
    sum += Math.signum(sum) * exclamations(text);
    return sum / Math.sqrt(sum * sum + NORMAL);
  }

  private static double valence(List<String> tokens, int at, boolean shouting) {
    String token = tokens.get(at);
    Double listed = WORDS.get(token.toLowerCase(Locale.ROOT));
    if (listed == null) {
      return 0;
    }
    double sign = Math.signum(listed);
    double value = listed + (isCapitals(token) && !shouting ? sign * CAPITALS : 0);
    double turns = 1;
    for (int back = 1; back <= LOOK_BACK && at - back >= 0; back++) {
      String before = tokens.get(at - back).toLowerCase(Locale.ROOT);
      value += sign * booster(before) * FADE[back - 1];
      turns *= isNegation(before) ? TURN : 1;
    }
    return value * turns;
  }

  private static double booster(String word) {
    if (STRENGTHENING.contains(word)) {
      return BOOST;
    }
    return WEAKENING.contains(word) ? -BOOST : 0;
  }

  private static boolean isNegation(String word) {
    return NEGATIONS.contains(word) || word.endsWith("n't");
  }

  private static boolean isCapitals(String token) {
    return token.length() > 1 && token.equals(token.toUpperCase(Locale.ROOT));
  }

  private static double exclamations(String text) {
    return EXCLAMATION * Math.min(MOST_EXCLAMATIONS, text.chars().filter(c -> c == '!').count());
  }

  private static List<String> lowered(List<String> tokens) {
    return tokens.stream().map(token -> token.toLowerCase(Locale.ROOT)).toList();
  }

  private static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text.replace('\u2019', '\''));
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
    return tokens;
  }
}
