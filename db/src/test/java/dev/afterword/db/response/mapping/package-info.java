/** Tests of reading files of responses from other products. */
package dev.afterword.db.response.mapping;
