package io.tasklane.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntPredicate;

/**
 * Reads a list that the server returns page by page.
 *
 * @param <R> a response with one page
 * @param <E> what is listed
 * @param elements of a page
 * @param nextPage the token of the next page, empty after the last one
 */
public record Listing<R, E>(Function<R, List<E>> elements, Function<R, String> nextPage) {
  /**
   * What was read.
   *
   * @param elements in the server's order
   * @param nextPage the token of the page after them, empty where there is none
   * @param last the response with the last of them
   */
  public record Result<R, E>(List<E> elements, String nextPage, R last) {}

  /**
   * The whole list.
   *
   * @param call asks for the page of a token, which is empty for the first one
   */
  public List<E> all(Function<String, R> call) {
    return read("", have -> true, (page, have) -> call.apply(page)).elements();
  }

  /**
   * As much of the list as the user asked for.
   *
   * @param call asks for the page of a token, and for so many elements
   */
  public Result<R, E> limited(PageOptions pages, BiFunction<String, Integer, R> call) {
    return read(pages.token(), pages::hasRoom, (page, have) -> call.apply(page, pages.size(have)));
  }

  private Result<R, E> read(
      String first, IntPredicate hasRoom, BiFunction<String, Integer, R> call) {
    List<E> read = new ArrayList<>();
    String page = first;
    R response;
    do {
      response = call.apply(page, read.size());
      read.addAll(elements.apply(response));
      page = nextPage.apply(response);
    } while (!page.isEmpty() && hasRoom.test(read.size()));
    return new Result<>(read, page, response);
  }
}
