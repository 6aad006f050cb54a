from docparse.options import Options
from docparse.records import Reading
def read_pdf(data: bytes, options: Options) -> Reading:
    raise NotImplementedError
