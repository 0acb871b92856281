import { clientProblem, problemFrom } from './problem.ts';

/** Sends one file as the body of an `upload` endpoint and reports progress from 0 to 1; `fetch` cannot do that for uploads. */
export function upload(path: string, file: File, onProgress: (part: number) => void): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const query = new URLSearchParams({ filename: file.name, mediaType: file.type || 'application/octet-stream' });
    request.open('POST', `/api/v1${path}?${query}`);
    request.setRequestHeader('x-nahbar', '1');
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.addEventListener('progress', (event) => event.lengthComputable && onProgress(event.loaded / event.total));
    request.addEventListener('error', () => reject(clientProblem('client.offline')));
    request.addEventListener('load', () => {
      const body = parse(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(body);
      else reject(problemFrom(request.status, body));
    });
    request.send(file);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
