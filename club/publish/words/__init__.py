"""Language: values in, words out, with typography, dates and the forge's addresses."""
