package io.tasklane.condition;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Two functions of lists that CEL's extensions have too: {@code flatten} puts the elements of the
 * lists in a list into one, a level deep, and {@code distinct} keeps the first of equal elements.
 * So {@code events.map(e, e.data.symbols).flatten().distinct()} is the union of the symbols of
 * events.
 */
final class ListFunctions {
  private static final ListType LIST = ListType.create(SimpleType.DYN);

  static final List<CelFunctionDecl> DECLARATIONS =
      List.of(
          CelFunctionDecl.newFunctionDeclaration(
              "distinct", CelOverloadDecl.newMemberOverload("list_distinct", LIST, LIST)),
          CelFunctionDecl.newFunctionDeclaration(
              "flatten", CelOverloadDecl.newMemberOverload("list_flatten", LIST, LIST)));

  static final CelFunctionBinding DISTINCT =
      CelFunctionBinding.from("list_distinct", List.class, ListFunctions::distinct);

  static final CelFunctionBinding FLATTEN =
      CelFunctionBinding.from("list_flatten", List.class, ListFunctions::flatten);

  private ListFunctions() {}

  private static Object distinct(List<?> list) {
    Map<Object, Object> first = new LinkedHashMap<>();
    list.forEach(element -> first.putIfAbsent(comparable(element), element));
    return List.copyOf(first.values());
  }

  /** 450 and 450.0 are equal in CEL. */
  private static Object comparable(Object element) {
    return element instanceof Double number && number == number.longValue()
        ? (Object) number.longValue()
        : element;
  }

  private static Object flatten(List<?> list) {
    List<Object> all = new ArrayList<>();
    for (Object element : list) {
      if (element instanceof List<?> inner) {
        all.addAll(inner);
      } else {
        all.add(element);
      }
    }
    return all;
  }
}
