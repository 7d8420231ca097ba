package dev.afterword.db.response.export;

import dev.afterword.db.response.ResponseFilter;
import dev.afterword.db.workspace.Workspace;

/**
 * Which responses somebody wants as a file, and how.
 *
 * @param labels options and questions by their words instead of their keys
 * @param language BCP 47, of those words
 * @param people whether it may be told who answered, and about which order
 * @param byteOrderMark whether CSV begins with one, by which spreadsheets know UTF-8
 */
public record Export(
        Workspace workspace,
        ResponseFilter filter,
        ExportFormat format,
        boolean labels,
        String language,
        boolean people,
        boolean byteOrderMark) {}
